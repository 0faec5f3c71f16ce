package rules

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

func TestZones(t *testing.T) {
	s, err := Site{Zones: []Zone{
		{Name: "cards", Kind: ZoneCDE, Networks: []string{"10.20.0.0/16", "2001:db8:1::/48"}},
		{Name: "bank", Kind: ZoneInternal, Networks: []string{"10.0.0.0/8"}},
		{Name: "dmz", Kind: ZoneUntrusted, Networks: []string{"192.0.2.0/25"}},
	}}.compile()
	if err != nil {
		t.Fatal(err)
	}
	for networks, want := range map[string]string{
		"10.20.3.0/24":                "cde",
		"10.21.3.0/24":                "internal",
		"10.20.3.0/24 10.21.0.0/24":   "cde internal",
		"10.0.0.0/8":                  "cde internal", // wide: both may be meant
		"192.0.2.0/24":                "unknown untrusted",
		"203.0.113.0/24":              "unknown",
		"203.0.113.7":                 "unknown",
		"2001:db8:1:2::/64":           "cde",
		"2001:db8:2::/64 10.1.1.0/24": "internal unknown",
		"":                            "unknown",
		"not a network":               "unknown",
	} {
		if got := strings.Join(s.zones(strings.Fields(networks)), " "); got != want {
			t.Errorf("zones of %q: %s, want %s", networks, got, want)
		}
	}
}

func TestSiteRefuses(t *testing.T) {
	e := func(s Site) error { _, err := NewEngine([]*Pack{builtinPack(t)}, s); return err }
	params := func(check, name string, v any) Site {
		return Site{Parameters: map[string]map[string]any{check: {name: v}}}
	}
	tests := []struct {
		name string
		site Site
		want string
	}{
		{"laxer than the standard", params("U11", "max_attempts", 15), "parameters of check U11: max_attempts: 15 is above 10"},
		{"a list without what is needed", params("L01", "classes", []any{"USER"}), "lacks DATASET"},
		{"a parameter of no check", params("U11", "tries", 3), `"tries" is not one of its parameters (max_attempts)`},
		{"parameters of no check", params("Z99", "x", 3), `check "Z99", which no pack has`},
		{"a zone of no kind", Site{Zones: []Zone{{Name: "z", Kind: "dmz"}}}, `kind "dmz"`},
		{"a network that is none", Site{Zones: []Zone{{Name: "z", Kind: "cde", Networks: []string{"10.0.0"}}}}, `network "10.0.0"`},
		{"an allow entry without a reason", Site{Allow: []Allow{{Check: "A02", Entity: "*"}}}, "reason must be given"},
		{"an allow entry of no check", Site{Allow: []Allow{{Check: "Z99", Entity: "*", Reason: "r"}}}, `no pack has a check "Z99"`},
		{"an insecure service accepted without mitigation", Site{Allow: []Allow{{Check: "N04", Entity: "*", Reason: "r"}}}, "mitigation must be given"},
		{"a service without a purpose", Site{Services: []Service{{Port: 23}}}, "port 23: purpose must be given"},
		{"a port that is none", Site{Ports: []collect.Port{{Port: 70000, Service: "s"}}}, "ports 70000 to 0 are not a range"},
		{"a port without a name", Site{Ports: []collect.Port{{Port: 1}}}, "port 1: service must be given"},
		{"a port of no class", Site{Ports: []collect.Port{{Port: 1, Service: "s", Class: "rc4"}}}, `class "rc4" is not one of clear`},
		{"a service that expires on no date", Site{Services: []Service{{Port: 23, Purpose: "p", Expires: "soon"}}}, `"soon" is not a date`},
		{"an expiry that is no date", Site{Allow: []Allow{{Check: "A02", Entity: "*", Reason: "r", Expires: "soon"}}}, `"soon" is not a date`},
	}
	for _, tt := range tests {
		if err := e(tt.site); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
	if err := e(params("U11", "max_attempts", 5)); err != nil {
		t.Errorf("a stricter parameter: %v", err)
	}
}

func TestAllowList(t *testing.T) {
	judge := func(date string, allow Allow) *Assessment {
		day, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		e := toyEngine(t, toyUser, toyKeys, toyBody, Site{Allow: []Allow{allow}, Date: day})
		a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"},
			[]*collect.Part{testPart("VM1", "d", []string{`zvm/user/TCPIP/class: ["A"]`, `zvm/user/X/class: ["A"]`}, complete("zvm/user"))})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	allow := Allow{Check: "X1", Entity: "zvm/user/TCP*", Reason: "the stack needs it", Expires: "2026-11-18"}
	a := judge("2026-11-18", allow)
	if f := a.Findings[0]; f.Result != Fail || f.Allowed == nil || f.Allowed.Reason != "the stack needs it" {
		t.Errorf("on the last day: %+v", f)
	}
	if f := a.Findings[1]; f.Allowed != nil {
		t.Errorf("another user is allowed too: %+v", f)
	}
	if a.Tallies[0].Fail != 2 || a.Tallies[0].Allowed != 1 {
		t.Errorf("tally %+v", a.Tallies[0])
	}
	if f := judge("2026-11-19", allow).Findings[0]; f.Allowed != nil {
		t.Errorf("a day later: %+v", f)
	}
}

// TestSitePorts: what a port number means is the site's to say.
func TestSitePorts(t *testing.T) {
	site := Site{Ports: []collect.Port{{Port: 10111, Last: 10112, Service: "agent with RC4", Class: "clear"}, {Port: 23, Service: "test bed"}}}
	var facts []string
	for _, end := range []string{"server/APP/10.1.2.3:10112", "server/APP/10.1.2.3:10113", "server/APP/10.1.2.3:23"} {
		facts = append(facts, serviceFacts(end, `protection: ["none"]`, "tls/versions: []", "tls/suites: []")...)
	}
	a, err := builtinEngine(t, site).Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{testPart("SYSA", "zert-smf", facts, complete("zert"))})
	if err != nil {
		t.Fatal(err)
	}
	const unlisted = " no protection was recognised, which is not proof of clear text: find out what the application does"
	want := "FAIL zert/SYSA/TCPIP/server/APP/10.1.2.3:10112 agent with RC4 was used without protection" +
		"|REVIEW zert/SYSA/TCPIP/server/APP/10.1.2.3:10113" + unlisted + "|REVIEW zert/SYSA/TCPIP/server/APP/10.1.2.3:23" + unlisted
	if got := said(a, "N05"); got != want {
		t.Errorf("got\n  %s, want\n  %s", got, want)
	}
}

func TestFacts(t *testing.T) {
	e := builtinEngine(t, Site{
		Zones:    []Zone{{Name: "out", Kind: ZoneUntrusted, Networks: []string{"0.0.0.0/0"}}, {Name: "in", Kind: ZoneInternal, Networks: []string{"10.0.0.0/8"}}},
		Services: []Service{{System: "PRD*", Job: "CICS*", Port: 5440, Last: 5449, Role: "server", Purpose: "card authorisation"}},
	})
	service := func(job, end, networks, versions string) []string {
		p := "zert/PRDA/TCPIP/server/" + job + "/" + end + "/"
		return []string{p + `protection: ["tls"]`, p + "peer_networks: " + networks, p + "tls/versions: " + versions}
	}
	facts := append(service("CICS1", "10.1.1.1:5443", `["203.0.113.0/24"]`, `["TLSv1.0"]`),
		append(service("CICS2", "10.1.1.1:5450", `["10.1.2.0/24"]`, `["TLSv1.0"]`), service("CICS3", "[2001:db8::1]:5441-5445", `["10.1.2.0/24"]`, `["TLSv1.2"]`)...)...)
	a, err := e.Judge(context.Background(), System{ID: "PRDA", Platform: "zos"}, []*collect.Part{testPart("PRDA", "zert-smf", facts, complete("zert/PRDA/TCPIP"))})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Result{}
	for _, f := range append(a.Findings, a.Passes...) {
		s := f.Entity.Segments()
		if len(s) > 4 {
			got[f.Check+" "+s[4]] = f.Result
		}
	}
	for key, want := range map[string]Result{
		"T01 CICS1": Fail, "T01 CICS2": NotApplicable, "T01 CICS3": NotApplicable,
		"N01 CICS1": Pass, "N01 CICS2": Fail, "N01 CICS3": Pass,
		"T02 CICS1": NoData,
	} {
		if got[key] != want {
			t.Errorf("%s: %s, want %s", key, got[key], want)
		}
	}
	none := builtinEngine(t, Site{})
	a, err = none.Judge(context.Background(), System{ID: "PRDA", Platform: "zos"}, []*collect.Part{testPart("PRDA", "zert-smf", facts, complete("zert/PRDA/TCPIP"))})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Findings {
		if f.Check == "N01" && f.Result != NoData {
			t.Errorf("without a register N01 gives %s %v", f.Result, f.Reasons)
		}
	}
}

func TestJoinedEntity(t *testing.T) {
	e := toyEngine(t, "ibmi/sk/*/<port>", "#   keys: {required: [accept/service], optional: [secure/protocols]}\n", `
deny contains "no secure session on the port" if not input.entity.values["secure/protocols"]
`, Site{})
	a, err := e.Judge(context.Background(), System{ID: "I", Platform: "ibmi"}, []*collect.Part{testPart("I", "ibmi-sk",
		[]string{"ibmi/sk/accept/21/service: ftp", "ibmi/sk/accept/23/service: telnet", `ibmi/sk/secure/21/protocols: ["TLSv1.2"]`}, complete("ibmi/sk"))})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := summary(a), "FAIL ibmi/sk/*/23 no secure session on the port|PASS 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if p := a.Passes[0]; len(p.Evidence) != 2 || p.Evidence[1].Key != "ibmi/sk/secure/21/protocols" || p.Evidence[1].Line != 30 {
		t.Errorf("evidence of the pass: %+v", p.Evidence)
	}
}

// Without a comparison it is not known how much drifted; that must not read as
// "nothing has drifted".
func TestNoComparisonIsNoData(t *testing.T) {
	e := builtinEngine(t, Site{})
	facts := []string{"tool/baseline/zvm-directory/exists: true", "tool/comparison/zvm-directory/done: false", "tool/approval/zvm-directory/unsigned: 0",
		"tool/drift/zvm-directory/unapproved: ?not compared with a baseline"}
	a, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{testPart("VM1", "tool", facts, complete("tool"))})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Rollup(builtinPack(t).Catalogue, a, nil) {
		switch {
		case r.Number == "6.5.1" && r.Status != JudgementNeeded:
			t.Errorf("6.5.1: %s (%s)", r.Status, r.Why)
		case r.Number == "11.5.2" && r.Status != IndicatesNotInPlace:
			t.Errorf("11.5.2: %s (%s)", r.Status, r.Why)
		}
	}
	for _, tally := range a.Tallies {
		if tally.Check == "V03" && (tally.NoData != 1 || tally.Pass != 0) {
			t.Errorf("V03: %+v", tally)
		}
	}
}
