package main

import (
	"bufio"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

// TestDiffPrintsMoves: a person reads where a service went and came from.
func TestDiffPrintsMoves(t *testing.T) {
	for want, c := range map[string]baseline.Change{
		". zert/A/T/server/J/1:7: not seen, 3 keys; moved to zert/B/T/server/J/1:7": {
			Op: baseline.NotSeen, Key: "zert/A/T/server/J/1:7", Keys: 3, Idle: true, Reason: "moved to zert/B/T/server/J/1:7"},
		". zert/A/T/server/J/1:7: not seen, 3 keys; it may be idle": {Op: baseline.NotSeen, Key: "zert/A/T/server/J/1:7", Keys: 3, Idle: true},
		"~ zert/B/T/server/J/1:7: zert/A/T -> zert/B/T (moved here from zert/A/T/server/J/1:7 with 3 values as they were)": {
			Op: baseline.Changed, Key: "zert/B/T/server/J/1:7", Old: collect.Text("zert/A/T"), New: collect.Text("zert/B/T"), Keys: 3,
			Reason: "moved here from zert/A/T/server/J/1:7 with 3 values as they were"},
		`+ zert/B/T/server/J/1:7/users: ["V"] (moved here from zert/A/T/server/J/1:7, where it was ["U"])`: {
			Op: baseline.Added, Key: "zert/B/T/server/J/1:7/users", New: collect.Set("V"), Reason: `moved here from zert/A/T/server/J/1:7, where it was ["U"]`},
	} {
		var out strings.Builder
		w := bufio.NewWriter(&out)
		p := diffPrinter{w: w}
		p.change(&c)
		w.Flush()
		if out.String() != want+"\n" {
			t.Errorf("printed %q, want %q", out.String(), want)
		}
	}
}

// TestDiffNamesTheSource where two extracts speak of the same keys, and only there.
func TestDiffNamesTheSource(t *testing.T) {
	dir, _, _ := runDemo(t)
	_, out, _ := command(t, dir, "diff", "PRDA@baseline", "PRDA@latest")
	const key = "+ attls/TCPIP/rule/CaeAgentOutboundRule/HttpCdpEnable: "
	listing, file := strings.Index(out, "# attls-pasearch\n"), strings.Index(out, "# attls-policy\n")
	inForce, written := strings.Index(out, key+"false\n"), strings.Index(out, key+"true\n")
	if listing < 0 || listing > inForce || inForce > file || file > written || strings.Count(out, "\n# ") != 3 {
		t.Errorf("headings at %d and %d, values at %d and %d, %d headings behind the first", listing, file, inForce, written, strings.Count(out, "\n# "))
	}
	for _, system := range []string{"PRDB", "IBMIPRD1"} {
		if _, out, _ := command(t, dir, "diff", system+"@baseline", system+"@latest"); strings.Contains(out, "# ") {
			t.Errorf("%s: %.200s", system, out)
		}
	}
}
