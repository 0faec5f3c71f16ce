package main

import (
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
	"github.com/irondrift/irondrift/testdata/compose"
)

// TestAccepted: what is not known is not accepted, nor is what only looks like
// it; the register accepts clear text and nothing else.
func TestAccepted(t *testing.T) {
	cfg := &config{
		Systems: []systemConfig{{ID: "PRODA", Names: []string{"PRDA"}}},
		Tables:  tablesConfig{ZERTJobs: []collect.ZERTJob{{Job: "FTPD[0-9]*", As: "FTPD*"}}},
		Services: []rules.Service{
			{System: "PRODA", Job: "FTPD[*]", Port: 21, Role: "server", Purpose: "print shop", Mitigation: "closed segment", Expires: "2026-12-31"},
			{System: "PRODA", Job: "CICSCRD1", Port: 5443, Purpose: "cards"},
			{System: "PRODA", Job: "OLD", Port: 23, Purpose: "old", Mitigation: "closed segment", Expires: "2026-11-18"},
		},
		Enforcement: enforceConfig{
			Accepted:  []acceptedProtection{{Protection: "tls"}, {Protection: "ssh"}, {Protection: "ipsec"}},
			Otherwise: []string{"reset"},
		},
	}
	if err := cfg.Enforcement.check(); err != nil {
		t.Fatal(err)
	}
	list, odd, err := cfg.acceptedRules(time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC))
	if err != nil || len(list) != 5 || len(odd) != 1 || !strings.Contains(odd[0], "port 23 without encryption until 2026-11-18") {
		t.Fatalf("%d rules, %q, %v", len(list), odd, err)
	}
	clear := func(job string, port uint16, flags byte) func(*compose.ZERTSummary) {
		return func(z *compose.ZERTSummary) {
			z.TLS, z.Jobname, z.SrvPortStart, z.Flags = nil, job, port, flags
		}
	}
	tls := func(version uint16, suite string) func(*compose.ZERTSummary) {
		return func(z *compose.ZERTSummary) { z.TLS.ProtVer, z.TLS.NegCipher = version, suite }
	}
	for _, c := range []struct {
		name   string
		change func(*compose.ZERTSummary)
		want   decision
	}{
		{"TLS 1.2", nil, decision{"allow", "accepted tls", "-"}},
		{"TLS 1.3", tls(0x0304, "1302"), decision{"allow", "accepted tls", "-"}},
		{"TLS 1.0", tls(0x0301, "C014"), decision{"reset", "not accepted", "-"}},
		{"a weak suite", tls(0x0303, "009D"), decision{"reset", "not accepted", "-"}},
		{"no version", tls(0, "C030"), decision{cannotTell, "accepted tls or not accepted", "tls_version is not known"}},
		{"no suite", tls(0x0303, ""), decision{cannotTell, "accepted tls or not accepted", "suite_class is not known"}},
		{"an unregistered suite", tls(0x0303, "FAFA"), decision{"reset", "not accepted", "-"}},
		{"clear", clear("CICSCRD1", 5443, compose.FlagServer), decision{"reset", "not accepted", "-"}},
		{"in the register", clear("FTPD7", 21, compose.FlagServer), decision{"allow", "register: print shop, until 2026-12-31", "-"}},
		{"another port", clear("FTPD7", 20, compose.FlagServer), decision{"reset", "not accepted", "-"}},
		{"the other role", clear("FTPD7", 21, compose.FlagClient), decision{"reset", "not accepted", "-"}},
		{"no role", clear("FTPD7", 21, 0), decision{cannotTell, "register: print shop, until 2026-12-31 or not accepted", "role is not known"}},
		{"an entry that expired", clear("OLD", 23, compose.FlagServer), decision{"reset", "not accepted", "-"}},
		{"old TLS of a service that may be clear", func(z *compose.ZERTSummary) {
			z.Jobname, z.SrvPortStart, z.TLS.ProtVer = "FTPD7", 21, 0x0301
		}, decision{"reset", "not accepted", "-"}},
		{"SSH 1", func(z *compose.ZERTSummary) { z.TLS, z.SSH = nil, &compose.ZERTSSH{Source: 2, ProtVer: 1} }, decision{"reset", "not accepted", "-"}},
		{"SSH 2", func(z *compose.ZERTSummary) { z.TLS, z.SSH = nil, &compose.ZERTSSH{Source: 2, ProtVer: 2} }, decision{"allow", "accepted ssh", "-"}},
	} {
		got, err := decide(list, enforceSession(t, c.change))
		if err != nil || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
}

func TestAcceptedRefuses(t *testing.T) {
	tls := []acceptedProtection{{Protection: "tls"}}
	reset := []string{"reset"}
	for want, c := range map[string]enforceConfig{
		"not both":                            {Accepted: tls, Otherwise: reset, Rules: []enforceRuleConfig{{"a", "true", reset}}},
		"otherwise: needs one or more of log": {Accepted: tls},
		"otherwise: allow would let":          {Accepted: tls, Otherwise: []string{"allow"}},
		"accepted is missing":                 {Otherwise: reset},
		"in the register of services":         {Accepted: []acceptedProtection{{Protection: "none"}}, Otherwise: reset},
		`version "TLS1.2" of tls`:             {Accepted: []acceptedProtection{{Protection: "tls", Versions: []string{"TLS1.2"}}}, Otherwise: reset},
		`class "strong" is not one of`:        {Accepted: []acceptedProtection{{Protection: "tls", Suites: []string{"strong"}}}, Otherwise: reset},
		"ssh has no cipher suites":            {Accepted: []acceptedProtection{{Protection: "ssh", Suites: []string{"secure"}}}, Otherwise: reset},
	} {
		if err := c.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
