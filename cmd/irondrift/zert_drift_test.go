package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/rules"
	"github.com/irondrift/irondrift/testdata/compose"
)

// zertNight composes a whole dump of the night before a morning. Each service
// has one session, reported twice.
func zertNight(sid string, morning time.Time, services ...compose.ZERTSummary) []byte {
	records := [][]byte{compose.DumpHeader(morning, sid)}
	for _, z := range services {
		z.Header.SID = sid
		z.Ident = compose.TCPIPIdent{SYSName: "SYS" + sid, SysplexName: "PLEX1", Stack: "TCPIP", ReleaseID: "V3R2", Reason: compose.ReasonLast}
		z.IntervalDuration, z.UserID = time.Hour, z.Jobname
		if z.Flags == 0 {
			z.Flags = compose.FlagServer
		}
		z.SessionID = fmt.Sprintf("T-%s%v%v", z.Jobname, z.CltIP, z.TLS != nil)
		for hour := range 2 {
			z.Header.Time = morning.Add(time.Duration(hour-3) * time.Hour)
			z.Init, z.End = z.End, compose.ZERTCounters{LifeConnCnt: uint32(10 * (hour + 1)), LifeInBytes: uint64(1000 * (hour + 1))}
			z.FailedHandshakes = &[2]uint32{}
			records = append(records, z.Record())
		}
	}
	return compose.Unblocked(append(records, compose.DumpTrailer(morning, sid))...)
}

// zertService composes a service of the card network with TLS 1.2.
func zertService(job, address string, port uint16, peer string) compose.ZERTSummary {
	return compose.ZERTSummary{
		Jobname: job, SrvIP: netip.MustParseAddr(address), CltIP: netip.MustParseAddr(peer), SrvPortStart: port,
		TLS: &compose.ZERTTLS{Source: 2, ProtVer: 0x0303, NegCipher: "C030", SCert: compose.ZERTCert{SignatureMethod: 7, EncMethod: 2, DigestAlg: 6, KeyType: 2, KeyLen: 2048}},
	}
}

// judgedChange is a row of the JSON report.
type judgedChange struct {
	System    string          `json:"system"`
	Op        string          `json:"op"`
	Key       string          `json:"key"`
	Old       any             `json:"old"`
	New       any             `json:"new"`
	Reason    string          `json:"reason"` // of a diff
	Added     []string        `json:"added"`
	Removed   []string        `json:"removed"`
	Keys      int64           `json:"keys"`
	Direction rules.Direction `json:"direction"`
	Why       string          `json:"why"`
}

// zertDrift approves the first night of the systems and returns what the report
// and the diff say of the second. Nights are by system id.
func zertDrift(t *testing.T, config string, first, second map[string][]byte) (report, diff []judgedChange) {
	t.Helper()
	dir := t.TempDir()
	site := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(args, "--config", filepath.Join(dir, "irondrift.yaml")), nil, &out, &errs); code > exitFindings && code != exitNotAssessed {
			t.Fatalf("%q: exit code %d\n%s", args, code, errs.String())
		}
		return out.String()
	}
	write := func(name string, b []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("irondrift.yaml", []byte(config))
	for system, b := range first {
		write(firstNight+"/"+system+".smf", b)
	}
	for system, b := range second {
		write(secondNight+"/"+system+".smf", b)
	}
	site("run", "--night", firstNight, "--now", firstMorning)
	for system := range first {
		site("approve", system, "--reason", "first night", "--now", firstMorning)
	}
	site("run", "--night", secondNight, "--now", secondMorning)
	site("report", "--format", "json", "-o", filepath.Join(dir, "report.json"), "--now", secondMorning)
	var printed struct {
		Changes []judgedChange `json:"changes"`
		NotSeen []judgedChange `json:"not_seen"`
	}
	b, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &printed); err != nil {
		t.Fatal(err)
	}
	for system := range first {
		var rows []judgedChange
		if err := json.Unmarshal([]byte(site("diff", system+"@baseline", system+"@latest", "--json")), &rows); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Op != "not_collected" {
				diff = append(diff, r)
			}
		}
	}
	return append(printed.Changes, printed.NotSeen...), diff
}

const driftConfig = `
systems:
  - {id: PRDA, platform: zos, sources: [{source: zert-smf, files: "{night}/PRDA.smf"}]}
  - {id: PRDB, platform: zos, sources: [{source: zert-smf, files: "{night}/PRDB.smf"}]}
zones:
  - {name: bank, kind: internal, networks: [10.0.0.0/8]}
`

// morningOf reads the time of a morning of the example site.
func morningOf(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestVIPAMoves: an address that another member of the sysplex serves tonight is
// one change, and what differs in the new place another.
func TestVIPAMoves(t *testing.T) {
	one, two := morningOf(t, firstMorning), morningOf(t, secondMorning)
	vipa := func(job string, port uint16) compose.ZERTSummary {
		return zertService(job, "10.20.9.1", port, "10.30.1.7")
	}
	stay := func(sid string) compose.ZERTSummary {
		return zertService("STAY"+sid[3:], "10.20.1.11", 5001, "10.30.1.7")
	}
	weaker := vipa("LOANS", 5003)
	weaker.TLS = &compose.ZERTTLS{Source: 2, ProtVer: 0x0302, NegCipher: "C014", SCert: weaker.TLS.SCert}
	report, diff := zertDrift(t, driftConfig+"  - {name: out, kind: untrusted, networks: [0.0.0.0/0]}\n",
		map[string][]byte{"PRDA": zertNight("PRDA", one, stay("PRDA"), vipa("CARDS", 5002), vipa("LOANS", 5003)), "PRDB": zertNight("PRDB", one, stay("PRDB"))},
		map[string][]byte{"PRDA": zertNight("PRDA", two, stay("PRDA")), "PRDB": zertNight("PRDB", two, stay("PRDB"), vipa("CARDS", 5002), weaker)})
	var got []string
	for _, r := range report {
		text := fmt.Sprintf("%s %s %s %s", r.System, r.Op, r.Direction, strings.TrimPrefix(r.Key, "zert/"))
		if r.Op == "changed" {
			text += fmt.Sprintf(" from %v to %v", r.Old, r.New)
		}
		got = append(got, text)
		if why := map[bool]string{true: "moved to zert/PRDB/TCPIP/server/", false: "moved here from zert/PRDA/TCPIP/server/"}[r.Op == "not_seen"]; !strings.Contains(r.Why, why) {
			t.Errorf("%s: why %q", text, r.Why)
		}
	}
	slices.Sort(got)
	const cards, loans = "TCPIP/server/CARDS/10.20.9.1:5002", "TCPIP/server/LOANS/10.20.9.1:5003"
	want := []string{
		"PRDA not_seen neutral PRDA/" + cards,
		"PRDA not_seen neutral PRDA/" + loans,
		"PRDB added weaker PRDB/" + loans + "/protection", // the check fails for the service as a whole
		"PRDB added weaker PRDB/" + loans + "/tls/suites",
		"PRDB added weaker PRDB/" + loans + "/tls/versions",
		"PRDB changed neutral PRDB/" + cards + " from zert/PRDA/TCPIP to zert/PRDB/TCPIP",
		"PRDB changed neutral PRDB/" + loans + " from zert/PRDA/TCPIP to zert/PRDB/TCPIP",
	}
	if !slices.Equal(got, want) {
		t.Errorf("changes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	// The diff of one member says the same, from what the store has of the other.
	got = nil
	for _, r := range diff {
		text := fmt.Sprintf("%s %s", r.Op, strings.TrimPrefix(r.Key, "zert/"))
		if r.Op == "changed" {
			text += fmt.Sprintf(" from %v to %v", r.Old, r.New)
		}
		if r.Keys > 10 {
			text += " with its keys"
		}
		got = append(got, text+": "+r.Reason)
	}
	slices.Sort(got)
	kept := regexp.MustCompile(`with [0-9]+ values`)
	for i := range got {
		got[i] = kept.ReplaceAllString(got[i], "with N values")
	}
	want = []string{
		`added PRDB/` + loans + `/tls/suites: moved here from zert/PRDA/` + loans + `, where it was ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`,
		`added PRDB/` + loans + `/tls/versions: moved here from zert/PRDA/` + loans + `, where it was ["TLSv1.2"]`,
		"changed PRDB/" + cards + " from zert/PRDA/TCPIP to zert/PRDB/TCPIP with its keys: moved here from zert/PRDA/" + cards + " with N values as they were",
		"changed PRDB/" + loans + " from zert/PRDA/TCPIP to zert/PRDB/TCPIP with its keys: moved here from zert/PRDA/" + loans + " with N values as they were",
		"not_seen PRDA/" + cards + " with its keys: moved to zert/PRDB/" + cards,
		"not_seen PRDA/" + loans + " with its keys: moved to zert/PRDB/" + loans,
	}
	if !slices.Equal(got, want) {
		t.Errorf("diff\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestZERTDriftIsToldApart: a service that moves from TLS 1.2 to clear text is one
// weaker change, one that only changes its peers one notice, and one that is idle
// one row not_seen.
func TestZERTDriftIsToldApart(t *testing.T) {
	one, two := morningOf(t, firstMorning), morningOf(t, secondMorning)
	weak := zertService("WEAKENED", "10.20.1.11", 5001, "10.30.1.7")
	peers := zertService("PEERS", "10.20.1.11", 5002, "10.30.1.7")
	idle := zertService("IDLE", "10.20.1.11", 5003, "10.30.1.7")
	same := zertService("SAME", "10.20.1.11", 5004, "10.30.1.7")
	first := zertNight("PRDA", one, weak, peers, idle, same)
	weak.TLS = nil
	peers.CltIP = netip.MustParseAddr("10.31.9.8")
	same.CltIP = netip.MustParseAddr("10.30.1.250") // of the same network: nothing to say
	second := zertNight("PRDA", two, weak, peers, same)
	report, diff := zertDrift(t, driftConfig, map[string][]byte{"PRDA": first, "PRDB": zertNight("PRDB", one, same)}, map[string][]byte{"PRDA": second, "PRDB": zertNight("PRDB", two, same)})

	const service = "zert/PRDA/TCPIP/server/"
	want := map[string]string{
		service + "WEAKENED/10.20.1.11:5001/protection": "changed weaker +[none] -[tls]",
		service + "PEERS/10.20.1.11:5002/peer_networks": "changed neutral +[10.31.9.0/24] -[10.30.1.0/24]",
		service + "IDLE/10.20.1.11:5003":                "not_seen neutral +[] -[]",
	}
	for name, rows := range map[string][]judgedChange{"report": report, "diff": diff} {
		got := map[string]bool{}
		for _, r := range rows {
			// What the service that is in clear text now had while it was TLS was
			// not seen either, member by member.
			if r.Op == "not_seen" && r.Keys == 0 && strings.HasPrefix(r.Key, service+"WEAKENED/10.20.1.11:5001/tls/") {
				continue
			}
			text := fmt.Sprintf("%s %s +%v -%v", r.Op, r.Direction, r.Added, r.Removed)
			w := want[r.Key]
			if name == "diff" && w != "" { // a diff does not judge
				w, text = withoutDirection(w), withoutDirection(text)
			}
			if got[r.Key] || w != text {
				t.Errorf("%s: %s: %s, want %q", name, r.Key, text, w)
			}
			got[r.Key] = true
			if idle := strings.Contains(r.Key, "/IDLE/"); idle != (r.Keys > 10) {
				t.Errorf("%s: %s stands for %d keys", name, r.Key, r.Keys)
			}
		}
		for key := range want {
			if !got[key] {
				t.Errorf("%s: nothing is said of %s", name, key)
			}
		}
	}
}

// withoutDirection leaves the first word and the members.
func withoutDirection(text string) string {
	op, _, _ := strings.Cut(text, " ")
	return op + text[strings.Index(text, " +"):]
}
