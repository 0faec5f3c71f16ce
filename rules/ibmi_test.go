package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// judgeIBMI judges parts of an IBM i partition with the built-in pack.
func judgeIBMI(t *testing.T, s Site, facts map[string]any, parts ...*collect.Part) *Assessment {
	t.Helper()
	a, err := builtinEngine(t, s).Judge(context.Background(), System{ID: "IBMI", Platform: "ibmi", Facts: facts}, parts)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Errors) > 0 {
		t.Errorf("rules that broke: %q", a.Errors)
	}
	return a
}

// findingsOf returns what a check says, as "RESULT entity texts".
func findingsOf(a *Assessment, check string) []string {
	var out []string
	for _, f := range append(slices.Clone(a.Findings), a.Passes...) {
		if f.Check == check {
			out = append(out, fmt.Sprintf("%s %s %s", f.Result, f.Entity, strings.Join(append(f.Messages, f.Reasons...), "; ")))
		}
	}
	return out
}

func sysvals(level string) *collect.Part {
	return testPart("IBMI", "ibmi-sysval", []string{`ibmi/sysval/QAUDCTL: ["*AUDLVL"]`, "ibmi/sysval/QAUDLVL: " + level}, complete("ibmi/sysval"))
}

// Without the audit value nothing can be concluded from entries that are not
// there; with it, a whole extract without them is what it looks like.
func TestNoSecureSessionsNeedTheirAuditValue(t *testing.T) {
	sk := testPart("IBMI", "ibmi-sk", []string{`ibmi/sk/entry_types: ["A"]`, `ibmi/sk/accept/443/service: https`, `ibmi/sk/accept/443/port_class: tls`,
		`ibmi/sk/accept/443/protection: ?not confirmed`, `ibmi/sk/accept/443/peer_networks: ["10.1.1.0/24"]`}, complete("ibmi/sk"))
	for name, tt := range map[string]struct {
		level string // "" for no system values
		want  string
	}{
		"audited":     {`["*NETSCK","*NETSECURE","*NETTELSVR"]`, "NOT_APPLICABLE ibmi/sk the extract is complete and holds no"},
		"not audited": {`["*NETSCK","*NETTELSVR"]`, "NO_DATA ibmi/sk *NETSECURE is not audited"},
		"netcmn":      {`["*NETCMN"]`, "NO_DATA ibmi/sk *NETSECURE is not audited"},
		"not known":   {"", "NO_DATA ibmi/sk whether the system records connections is not known"},
	} {
		parts := []*collect.Part{sk}
		if tt.level != "" {
			parts = append(parts, sysvals(tt.level))
		}
		a := judgeIBMI(t, Site{}, nil, parts...)
		for _, check := range []string{"T10", "G02I", "T11"} {
			got := findingsOf(a, check)
			if len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
				t.Errorf("%s: %s says %q, want %q", name, check, got, tt.want)
			}
		}
	}
}

// An extract without a single entry is never a pass, nor outside a check.
func TestEmptyJournalIsNoData(t *testing.T) {
	sk := testPart("IBMI", "ibmi-sk", []string{`ibmi/sk/entry_types: []`}, complete("ibmi/sk"))
	a := judgeIBMI(t, Site{Services: []Service{{Port: 1, Purpose: "p"}}}, nil, sk, sysvals(`["*NETSCK","*NETSECURE","*NETTELSVR"]`))
	for _, check := range []string{"N02", "N04", "N08I", "N11", "H20", "U10", "T10", "T11", "G02I", "L22"} {
		got := findingsOf(a, check)
		if len(got) != 1 || !strings.HasPrefix(got[0], "NO_DATA ") || !strings.Contains(got[0], "no SK entry at all") {
			t.Errorf("%s says %q about an empty journal", check, got)
		}
	}
}

// The list may lack Telnet although other ports were recorded.
func TestListWithoutTelnetIsIncomplete(t *testing.T) {
	sk := testPart("IBMI", "ibmi-sk", []string{`ibmi/sk/entry_types: ["A"]`, `ibmi/sk/accept/22/service: ssh`, `ibmi/sk/accept/22/port_class: ssh`, `ibmi/sk/accept/22/protection: ["ssh"]`}, complete("ibmi/sk"))
	a := judgeIBMI(t, Site{}, nil, sk, sysvals(`["*NETSCK","*NETSECURE"]`))
	for _, f := range a.Findings {
		if f.Check != "N04" {
			continue
		}
		if f.Result != NoData || f.Entity != "ibmi/sk/accept" || strings.Join(f.Reasons, ";") != "*NETTELSVR is not audited: the journal cannot hold accepted Telnet connections (A)" {
			t.Errorf("N04: %+v", f)
		}
		if len(f.Evidence) != 3 || f.Evidence[1].Key != "ibmi/sysval/QAUDCTL" || f.Evidence[1].Line == 0 {
			t.Errorf("N04 cites %+v", f.Evidence)
		}
	}
	if got := findingsOf(a, "N04"); len(got) != 2 {
		t.Errorf("N04: %q", got)
	}
}

func TestVerdictsJoinJournalAndListeners(t *testing.T) {
	sk := testPart("IBMI", "ibmi-sk", []string{`ibmi/sk/entry_types: ["A","S"]`,
		`ibmi/sk/accept/23/service: telnet`, `ibmi/sk/accept/23/port_class: clear`, `ibmi/sk/accept/23/protection: ["clear"]`,
		`ibmi/sk/accept/992/service: telnet-ssl`, `ibmi/sk/accept/992/port_class: tls`, `ibmi/sk/accept/992/protection: ["tls"]`, `ibmi/sk/secure/992/protocols: ["TLSv1.3"]`,
		`ibmi/sk/accept/80/service: http`, `ibmi/sk/accept/80/port_class: clear`, `ibmi/sk/accept/80/protection: ["clear","tls"]`,
		`ibmi/sk/accept/21/service: ftp`, `ibmi/sk/accept/21/port_class: starttls`, `ibmi/sk/accept/21/protection: ?may upgrade`,
		`ibmi/sk/connect/21/service: ftp`}, complete("ibmi/sk"))
	netstat := testPart("IBMI", "ibmi-netstat", []string{`ibmi/netstat/listen/23/service: telnet`, `ibmi/netstat/listen/23/port_class: clear`, `ibmi/netstat/listen/23/addresses: ["0.0.0.0"]`,
		`ibmi/netstat/listen/512/service: exec`, `ibmi/netstat/listen/512/port_class: clear`, `ibmi/netstat/listen/512/addresses: ["0.0.0.0","::"]`,
		`ibmi/netstat/udp/53/service: domain`}, complete("ibmi/netstat"))
	a := judgeIBMI(t, Site{}, nil, sk, netstat, sysvals(`["*NETSCK","*NETSECURE","*NETTELSVR"]`))
	want := []string{
		"NO_DATA ibmi/*/*/21 cannot tell: ftp",
		"FAIL ibmi/*/*/23 clear: telnet accepted",
		"REVIEW ibmi/*/*/512 clear: exec listens for clear-text connections; none was recorded",
		"FAIL ibmi/*/*/80 mixed: http",
		"PASS ibmi/*/*/992 encrypted: telnet-ssl, tls (TLSv1.3)",
	}
	got := findingsOf(a, "N11")
	if len(got) != len(want) {
		t.Fatalf("verdicts:\n%s", strings.Join(got, "\n"))
	}
	for i, w := range want {
		if !strings.HasPrefix(got[i], w) {
			t.Errorf("verdict %q, want %q", got[i], w)
		}
	}
	// The same port, from the journal and from network status, is cited from both.
	for _, f := range a.Findings {
		if f.Check == "N11" && f.Entity == "ibmi/*/*/23" {
			keys := map[collect.Key]bool{}
			for _, e := range f.Evidence {
				keys[e.Key] = true
			}
			if !keys["ibmi/sk/accept/23/protection"] || !keys["ibmi/netstat/listen/23/addresses"] {
				t.Errorf("the verdict on 23 cites %v", keys)
			}
		}
	}
}

// An entry of the register accepts what it mitigates until it expires.
func TestRegisterAcceptsWhatItMitigates(t *testing.T) {
	sk := testPart("IBMI", "ibmi-sk", []string{`ibmi/sk/entry_types: ["A"]`, `ibmi/sk/accept/23/service: telnet`, `ibmi/sk/accept/23/port_class: clear`,
		`ibmi/sk/accept/23/protection: ["clear"]`, `ibmi/sk/accept/23/peer_networks: ["10.1.1.0/24"]`}, complete("ibmi/sk"))
	judge := func(day string, e Service) (accepted bool, approved Result) {
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		a := judgeIBMI(t, Site{Date: date, Services: []Service{e}}, nil, sk)
		for _, f := range append(a.Findings, a.Passes...) {
			switch {
			case f.Check == "N04" && f.Result == Fail:
				if accepted = f.Allowed != nil; accepted && (f.Allowed.Mitigation != e.Mitigation || !strings.Contains(f.Allowed.Reason, e.Purpose)) {
					t.Errorf("accepted as %+v", f.Allowed)
				}
			case f.Check == "H20" && f.Result == Fail && f.Allowed != nil:
				t.Error("2.2.7 knows no mitigation, and the register accepts it")
			case f.Check == "N02" && f.Entity == "ibmi/sk/accept/23":
				approved = f.Result
			}
		}
		return accepted, approved
	}
	e := Service{System: "IB*", Port: 23, Purpose: "old terminals", Mitigation: "closed segment", Expires: "2026-12-31"}
	if ok, n02 := judge("2026-12-31", e); !ok || n02 != Pass {
		t.Errorf("on the last day: accepted %v, N02 %s", ok, n02)
	}
	if ok, n02 := judge("2027-01-01", e); ok || n02 != Fail {
		t.Errorf("a day later: accepted %v, N02 %s", ok, n02)
	}
	e.Mitigation = ""
	if ok, n02 := judge("2026-12-31", e); ok || n02 != Pass {
		t.Errorf("without a mitigation: accepted %v, N02 %s", ok, n02)
	}
}

func TestGapsOfAPartAreFound(t *testing.T) {
	sk := testPart("IBMI", "ibmi-sk", []string{`ibmi/sk/entry_types: ["A"]`}, complete("ibmi/sk"))
	sk.Header.Period = collect.Period{Start: "2026-11-17T02:00:00", End: "2026-11-18T01:59:00", From: collect.FromRecords}
	if got := findingsOf(judgeIBMI(t, Site{}, nil, sk), "L22"); len(got) != 1 || got[0] != "PASS ibmi/sk " {
		t.Errorf("a whole day: %q", got)
	}
	sk.Header.Gaps = []collect.Gap{{Start: "2026-11-17T09:00:00", End: "2026-11-17T11:00:00", Reason: "receiver AUDRCV0413 is missing"}}
	if got := findingsOf(judgeIBMI(t, Site{}, nil, sk), "L22"); len(got) != 1 || got[0] != "REVIEW ibmi/sk nothing is known of 2026-11-17T09:00:00 to 2026-11-17T11:00:00: receiver AUDRCV0413 is missing" {
		t.Errorf("with a gap: %q", got)
	}
	sk.Header.Gaps, sk.Header.Period.Start = nil, "2026-11-17T23:00:00"
	if got := findingsOf(judgeIBMI(t, Site{}, nil, sk), "L22"); len(got) != 1 || !strings.HasPrefix(got[0], "REVIEW ibmi/sk the entries lie within 3 hours") {
		t.Errorf("three hours: %q", got)
	}
	sk.Header.Period.From = collect.FromNowhere
	if got := findingsOf(judgeIBMI(t, Site{}, nil, sk), "L22"); len(got) != 1 || !strings.HasPrefix(got[0], "NO_DATA ibmi/sk the fact period_hours is missing") {
		t.Errorf("no period: %q", got)
	}
}

func TestDirectionOfFiguresInText(t *testing.T) {
	for _, tt := range []struct {
		key      collect.Key
		from, to string
		want     Direction
	}{
		{"ibmi/sysval/QMAXSIGN", "5", "15", Weaker},
		{"ibmi/sysval/QMAXSIGN", "*NOMAX", "25", Stronger},
		{"ibmi/sysval/QMAXSIGN", "10", "*NOMAX", Weaker},
		{"ibmi/sysval/QPWDEXPITV", "90", "60", Stronger},
		{"ibmi/sysval/QINACTITV", "15", "*NONE", Weaker},
		{"ibmi/sysval/QPWDCHGBLK", "24", "*NONE", Weaker},
		{"ibmi/sysval/QCRTAUT", "*USE", "*CHANGE", Weaker},
		{"ibmi/sysval/QCRTAUT", "*USE", "NEWOBJ", Neutral},
	} {
		rows := comparatorsFor(tt.key)
		if len(rows) != 1 {
			t.Fatalf("%s: %d rows", tt.key, len(rows))
		}
		if got, _ := rows[0].compare(collect.Text(tt.from), collect.Text(tt.to)); got != tt.want {
			t.Errorf("%s %s to %s: %s, want %s", tt.key, tt.from, tt.to, got, tt.want)
		}
	}
}

func TestPackRefusesListKeysAndJoins(t *testing.T) {
	for name, tt := range map[string]struct{ entity, keys, body, want string }{
		"incomplete without keys": {toyUser, toyKeys, "deny contains \"x\" if input.entity.values[\"class\"]\nincomplete contains \"y\"\n", "sees the keys under list only"},
		"a list key of an entity": {toyUser, "#   keys: {required: [class], list: [option]}\n", toyBody, "is absolute"},
		"joins apart":             {"ibmi/*/accept/*/x", "#   keys: {required: [sk/23/service]}\n", "deny contains \"x\"\n", "side by side"},
		"a segment not joined":    {"ibmi/*=sk|netstat/*/<port>", "#   keys: {required: [sysval/accept/service]}\n", "deny contains \"x\"\n", "not among the segments"},
		"too few segments":        {"ibmi/*/*/<port>", "#   keys: {required: [sk/service]}\n", "deny contains \"x\"\n", "needs the segments"},
	} {
		if _, err := Load(toy(tt.entity, tt.keys, tt.body)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, tt.want)
		}
	}
}
