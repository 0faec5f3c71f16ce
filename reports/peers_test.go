package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// reportWithPeers is the example with a service in clear that two systems used.
func reportWithPeers() *Report {
	r := exampleReport()
	evidence := rules.Evidence{Ref: "IBMI7-ibmi-sk-00", System: "IBMI7", Source: "ibmi-sk", Key: "ibmi/sk/accept/23/protection", Value: `["clear"]`}
	r.Assessment.Findings = append(r.Assessment.Findings,
		rules.Finding{ID: "f-23", Check: "Q03", System: "IBMI7", Entity: "ibmi/sk/accept/23", Result: rules.Fail,
			Messages: []string{"clear"}, Evidence: []rules.Evidence{evidence}},
		rules.Finding{ID: "f-22", Check: "Q03", System: "IBMI7", Entity: "ibmi/sk/accept/22", Result: rules.NotApplicable})
	r.Changes = append(r.Changes, rules.JudgedChange{System: "IBMI7", Direction: rules.Weaker, Change: baseline.Change{
		Op: baseline.Added, Key: evidence.Key, New: collect.Set("clear"), Source: "ibmi-sk", Class: collect.Observed}})
	row := NewPeers("IBMI7", "ibmi/sk/accept/23", []string{"10.40.52.100", "10.40.52.9", "2001:db8::1"})
	row.Peers[0].Name, row.Peers[0].From = "till9.example", FromHostsFile
	row.Peers[1].Name, row.Peers[1].From = "<script>evil\x1b[31m", FromLookup
	r.Peers = []Peers{row}
	return r
}

func TestFewPeersAreShown(t *testing.T) {
	var many []string
	for i := range 12 {
		many = append(many, "10.0.0."+string(rune('a'+i)), "10.0.0.2")
	}
	p := NewPeers("S", "k", many)
	if len(p.Peers) != FewPeers || p.Beyond != 24-FewPeers || p.Peers[0].Address != "10.0.0.2" {
		t.Errorf("%+v", p)
	}
	p = NewPeers("S", "k", []string{"10.0.0.10", "10.0.0.9"})
	if got := p.String(); got != "10.0.0.9, 10.0.0.10" {
		t.Errorf("in numeric order: %s", got)
	}
	p.Beyond = 3
	if got := p.String(); !strings.HasSuffix(got, "10.0.0.10 and 3 more") {
		t.Error(got)
	}
	p.Capped = true
	if got := p.String(); !strings.HasSuffix(got, "and more than 3 more") {
		t.Error(got)
	}
}

// TestServices: what is shown is who used what findings and changes speak about.
func TestServices(t *testing.T) {
	got := reportWithPeers().Services("IBMI7")
	if !got["ibmi/sk/accept/23"] || got["ibmi/sk/accept/22"] || got["zvm/user/LINUX9"] {
		t.Errorf("%v", got)
	}
}

func TestPeersInReports(t *testing.T) {
	r := reportWithPeers()
	print := func(format string) string {
		var out bytes.Buffer
		if err := Write(&out, format, r, Options{Width: 160}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if s := print("terminal"); !strings.Contains(s, `used from 10.40.52.9 (till9.example), 10.40.52.100 (dns: <script>evil\x1B[31m), 2001:db8::1`) {
		t.Errorf("terminal:\n%s", s)
	}
	html := print("html")
	if n := strings.Count(html, "Used from 10.40.52.9 (till9.example), 10.40.52.100 (dns: &lt;script&gt;evil"); n != 2 {
		t.Errorf("the HTML report names the peers %d times, want with the change and with the finding", n)
	}
	if strings.Contains(html, "<script>evil") {
		t.Error("a name acts in the HTML report")
	}
	var doc struct{ Peers []peersJSON }
	if err := json.Unmarshal([]byte(print("json")), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Peers) != 1 || doc.Peers[0].Peers[0] != (peerJSON{"10.40.52.9", "till9.example", FromHostsFile}) {
		t.Errorf("%+v", doc.Peers)
	}
}
