package main

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/testdata/compose"
)

// enforceSession composes a session of TLS 1.2 on port 5443 of the card service,
// which change can make another one, and reads it back.
func enforceSession(t *testing.T, change func(*compose.ZERTSummary)) *zert.Session {
	t.Helper()
	at := time.Date(2026, 11, 18, 3, 0, 0, 0, time.UTC)
	z := compose.ZERTSummary{
		Header: compose.SMFHeader{Time: at, SID: "PRDA"}, Ident: compose.TCPIPIdent{Stack: "TCPIP", Reason: compose.ReasonLast},
		IntervalDuration: time.Hour, Flags: compose.FlagServer, Jobname: "CICSCRD1", UserID: "CICSUSR",
		SrvIP: netip.MustParseAddr("10.20.1.11"), CltIP: netip.MustParseAddr("10.32.1.21"), SrvPortStart: 5443, SessionID: "T-1",
		TLS: &compose.ZERTTLS{Source: 2, ProtVer: 0x0303, NegCipher: "C030"},
	}
	if change != nil {
		change(&z)
	}
	var got *zert.Session
	q := &zert.Query{Match: func(s *zert.Session) (bool, error) { got = s; return true, nil }}
	dump := compose.Unblocked(compose.DumpHeader(at, "PRDA"), z.Record(), compose.DumpTrailer(at, "PRDA"))
	if _, err := zert.RunQuery(t.Context(), []*collect.File{collect.BytesFile("x", dump)}, &collect.Options{}, q); err != nil || got == nil {
		t.Fatalf("no session: %v", err)
	}
	return got
}

func compileRules(t *testing.T, rules ...enforceRuleConfig) []*enforceRule {
	t.Helper()
	var out []*enforceRule
	for _, r := range rules {
		c, err := r.compile()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// TestDecide: the first rule that matches decides; what is not known decides
// nothing, unless every outcome is the same.
func TestDecide(t *testing.T) {
	rule := func(name, where string, action ...string) enforceRuleConfig {
		return enforceRuleConfig{name, where, action}
	}
	known := enforceSession(t, nil)
	noVersion := enforceSession(t, func(z *compose.ZERTSummary) { z.TLS.ProtVer = 0 })
	none := enforceSession(t, func(z *compose.ZERTSummary) { z.TLS = nil })
	oddCode := enforceSession(t, func(z *compose.ZERTSummary) {
		z.TLS, z.SSH = nil, &compose.ZERTSSH{Source: 2, ProtVer: 2, InEncAlg: 0x0E, OutEncAlg: 0x0E}
	})
	ee := enforceSession(t, func(z *compose.ZERTSummary) { z.TLS, z.IPProto, z.Flags = nil, 17, 0 })
	tls12 := rule("current", `"TLSv1.2" in tls_version`, "allow")
	rest := rule("rest", "true", "reset", "log")
	for _, c := range []struct {
		name    string
		session *zert.Session
		rules   []enforceRuleConfig
		want    decision
	}{
		{"the first that matches", known, []enforceRuleConfig{tls12, rest}, decision{"allow", "current", "-"}},
		{"in their order", known, []enforceRuleConfig{rest, tls12}, decision{"log+reset", "rest", "-"}},
		{"no protection", none, []enforceRuleConfig{tls12, rest}, decision{"log+reset", "rest", "-"}},
		{"no rule", known, []enforceRuleConfig{rule("other port", "port == 1", "reset")}, decision{noRule, "-", "-"}},
		{"UDP", ee, []enforceRuleConfig{rest}, decision{notTCP, "-", "-"}},
		{"the version is not known", noVersion, []enforceRuleConfig{tls12, rest}, decision{cannotTell, "current or rest", "tls_version is not known"}},
		{"nor is its absence", noVersion, []enforceRuleConfig{rule("old", `!("TLSv1.2" in tls_version)`, "reset")}, decision{cannotTell, "old or no rule", "tls_version is not known"}},
		{"the port decides", noVersion, []enforceRuleConfig{rule("other port", `port == 1 && "TLSv1.2" in tls_version`, "reset")}, decision{noRule, "-", "-"}},
		{"either decides", noVersion, []enforceRuleConfig{rule("port", `port == 5443 || "TLSv1.2" in tls_version`, "reset")}, decision{"reset", "port", "-"}},
		{"the same in any case", noVersion, []enforceRuleConfig{rule("a", `"TLSv1.0" in tls_version`, "reset"), rule("b", "true", "reset")}, decision{"reset", "a or b", "-"}},
		{"a code that nobody confirms", oddCode, []enforceRuleConfig{rule("ssh", `"ssh" in protection && !("AES-CTR 128" in ssh_encryption)`, "reset")},
			decision{cannotTell, "ssh or no rule", "ssh_encryption has code 0x0E, which no published table names"}},
		{"an empty list is known", none, []enforceRuleConfig{rule("a", `tls_version.exists(v, v == "TLSv1.0")`, "reset")}, decision{noRule, "-", "-"}},
	} {
		got, err := decide(compileRules(t, c.rules...), c.session)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
}

func TestActionText(t *testing.T) {
	for list, want := range map[string]string{"allow": "allow", "reset log": "log+reset", "audit": "audit"} {
		if got, err := actionText(strings.Fields(list)); got != want || err != nil {
			t.Errorf("%s: %q %v", list, got, err)
		}
	}
	for _, list := range []string{"", "allow log", "log log", "drop"} {
		if got, err := actionText(strings.Fields(list)); err == nil {
			t.Errorf("%q is accepted as %q", list, got)
		}
	}
}

// policyOf reads a composed Policy Agent file. Its statements are invented: those
// of IBM are not published.
func policyOf(t *testing.T, text string) ([]*enforceRule, []string) {
	t.Helper()
	cfg := &enforceConfig{Words: []enforceWord{
		{Parameter: "Version", Value: "TLSv1.0", Where: `"TLSv1.0" in tls_version`},
		{Parameter: "Version", Value: "TLSv1.2", Where: `"TLSv1.2" in tls_version`},
		{Parameter: "Do", Value: "Stop", Action: []string{"reset"}},
		{Parameter: "Do", Value: "Tell", Action: []string{"log"}},
		{Parameter: "Comment", Ignore: true},
	}}
	if err := cfg.check(); err != nil {
		t.Fatal(err)
	}
	rules, odd, err := readEnforcePolicy(t.Context(), collect.BytesFile("zert.policy", []byte(text)), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return rules, odd
}

// TestPolicyConditions asks one rule about the session of the card service, which
// is one of TLS 1.2 from 10.32.1.21 to 10.20.1.11:5443.
func TestPolicyConditions(t *testing.T) {
	server := enforceSession(t, nil)
	client := enforceSession(t, func(z *compose.ZERTSummary) { z.Flags = compose.FlagClient })
	unknown := enforceSession(t, func(z *compose.ZERTSummary) { z.Flags = 0 })
	files := enforceSession(t, func(z *compose.ZERTSummary) {
		z.UserID, z.SrvPortStart, z.SrvPortEnd = "*FTPUSR*", 50000, 50099
	})
	const no, maybe, yes = noRule, cannotTell, "reset"
	for _, c := range []struct {
		lines   string
		session *zert.Session
		want    string
	}{
		{"LocalPortRange 5443", server, yes}, {"LocalPortRange 5440 5449", server, yes}, {"LocalPortRange 5440-5442", server, no},
		{"LocalPortRange 0", client, yes}, {"LocalPortRange 5443", client, maybe}, {"RemotePortRange 5443", client, yes},
		{"RemotePortRange 1024-65535", server, maybe}, {"LocalPortRange 50000-50050", files, maybe}, {"LocalPortRange 50000-50099", files, yes},
		{"LocalAddr 10.20.1.11", server, yes}, {"LocalAddr 10.20.0.0/16", server, yes}, {"LocalAddr 10.32.0.0/16", server, no},
		{"LocalAddr 10.32.0.0/16", client, yes}, {"RemoteAddr 10.32.1.20-10.32.1.30", server, yes}, {"RemoteAddr All", unknown, yes},
		{"RemoteAddr 10.32.0.0/16", unknown, maybe}, {"RemoteAddr 192.0.2.0/24", unknown, no}, {"RemoteAddr 2001:db8::/32", server, no},
		{"Jobname CICS*", server, yes}, {"JOBNAME cicscrd1", server, yes}, {"Jobname CICSCRD", server, no}, {"Jobname *", server, yes},
		{"Userid CICSUSR", server, yes}, {"Userid CICSUSR", files, maybe},
		{"Direction Inbound", server, yes}, {"Direction Outbound", server, no}, {"Direction Both", unknown, yes}, {"Direction Inbound", unknown, maybe},
		{"Version TLSv1.2", server, yes}, {"Version TLSv1.0", server, no}, {"Version TLSv1.0\nVersion TLSv1.2", server, yes},
		{"Version TLSv1.2\nJobname OTHER", server, no}, {"Comment anything", server, yes},
		{"Version TLSv1.1", server, maybe}, {"Version TLSv1.1\nJobname OTHER", server, no}, {"Puzzle", server, maybe},
		{"LocalPortRange 5443-", server, maybe}, {"LocalPortRange x", server, maybe}, {"LocalAddr 10.20", server, maybe}, {"Direction In", server, maybe},
		{"LocalPortRangeRef cards", server, yes}, {"LocalPortGroupRef all", server, yes}, {"LocalPortRangeRef gone", server, maybe},
		{"RemoteAddrSetRef offices", server, yes}, {"Inner\n{\nVersion TLSv1.0\n}", server, no}, {"InnerRef mine", server, no}, {"InnerRef gone", server, maybe},
	} {
		rules, _ := policyOf(t, "zERTRule one\n{\n"+c.lines+"\nDo Stop\n}\n"+
			"PortRange cards\n{\nPort 5443 5445\n}\nPortGroup all\n{\nPortRange\n{\nPort 80\n}\nPortRangeRef cards\n}\n"+
			"IpAddrSet offices\n{\nPrefix 10.32.0.0/16\n}\nInner mine\n{\nVersion TLSv1.0\n}\n")
		if got, err := decide(rules, c.session); err != nil || got.action != c.want {
			t.Errorf("%q about a %s: %+v %v, want %s", c.lines, c.session.Role, got, err, c.want)
		}
	}
}

// TestPolicyOrder: priority, then name; and an unread rule in front leaves what
// comes behind it open.
func TestPolicyOrder(t *testing.T) {
	rule := func(name, lines string) string { return "zERTRule " + name + "\n{\n" + lines + "\n}\n" }
	s := enforceSession(t, nil)
	for _, c := range []struct {
		name, text string
		want       decision
	}{
		{"priority", rule("a", "Do Tell") + rule("b", "Priority 5\nDo Stop"), decision{"reset", "b", "-"}},
		{"name", rule("b", "Do Stop") + rule("a", "Do Tell"), decision{"log", "a", "-"}},
		{"both actions", rule("a", "Do Tell\nDo Stop"), decision{"log+reset", "a", "-"}},
		{"an unread rule in front", rule("a", "Priority 9\nPuzzle\nDo Tell") + rule("b", "Do Stop"), decision{cannotTell, "a or b", "a is not evaluated"}},
		{"an unread rule behind", rule("a", "Priority 9\nDo Tell") + rule("b", "Puzzle\nDo Stop"), decision{"log", "a", "-"}},
		{"no action", rule("a", "Jobname CICS*"), decision{cannotTell, "a or no rule", "a is not evaluated"}},
		{"a name used twice", rule("a", "Do Tell") + rule("a", "Do Stop"), decision{cannotTell, "a or no rule", "a is not evaluated"}},
	} {
		rules, _ := policyOf(t, c.text)
		if got, err := decide(rules, s); err != nil || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
		}
	}
}

// TestPolicyTellsWhatItLeavesOut: nothing of the file is passed over in silence.
func TestPolicyTellsWhatItLeavesOut(t *testing.T) {
	rules, odd := policyOf(t, "zERTRule a\n{\nJobname CICS*\nNovelty On 5\nDo Stop\n}\nStrange thing\n{\nx 1\n}\n}\nLooseWord\n")
	if want := []string{"zert.policy:4: the meaning of Novelty On 5 is not known"}; !slices.Equal(rules[0].unread, want) || rules[0].action != "" {
		t.Errorf("unread %q, action %q", rules[0].unread, rules[0].action)
	}
	for _, want := range []string{"zert.policy:11: a closing brace has no opening one", "zert.policy:7: Strange thing is part of no rule", "zert.policy:12: LooseWord is part of no rule"} {
		if !slices.ContainsFunc(odd, func(o string) bool { return strings.HasPrefix(o, want) }) {
			t.Errorf("%q is not in %q", want, odd)
		}
	}
	cfg := &enforceConfig{}
	for name, text := range map[string]string{
		"cut":       "zERTRule a\n{\nJobname CICS*\n",
		"no rule":   "TTLSRule a\n{\nJobname CICS*\n}\n",
		"only text": "hello\n",
	} {
		if rules, _, err := readEnforcePolicy(t.Context(), collect.BytesFile("p", []byte(text)), cfg); err == nil {
			t.Errorf("%s: %d rules and no error", name, len(rules))
		}
	}
}

// FuzzPolicyRules: whatever a Policy Agent file holds, each of its rules is
// either evaluated or says what of it was not, and a rule that says so never
// decides alone.
func FuzzPolicyRules(f *testing.F) {
	f.Add("zERTRule a\n{\nJobname CICS*\nLocalPortRange 1 2\nDo Stop\n}\n")
	f.Add("zERTRule a\n{\nLocalPortGroupRef g\nRemoteAddrSetRef s\nInner\n{\nDo Tell\n}\nOtherRef o\n}\nPortGroup g\n{\nPortRangeRef g\n}\nIpAddrSet s\n{\nPrefix 10.0.0.0/8\nRange -\n}\n")
	f.Add("zERTRule\n{\nDirection\nPriority x\nDirectionRef g\nLocalAddr -\nLocalPortRange -\n}\n}\n{")
	cfg := &enforceConfig{Words: []enforceWord{{Parameter: "Do", Action: []string{"reset"}}, {Parameter: "Version", Where: `"TLSv1.0" in tls_version`}}}
	if err := cfg.check(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rules, _, err := readEnforcePolicy(t.Context(), collect.BytesFile("p", []byte(text)), cfg)
		if err != nil {
			return
		}
		s := enforceSession(t, nil)
		for _, r := range rules {
			d, err := decide([]*enforceRule{r}, s)
			if err != nil {
				t.Fatal(err)
			}
			if (len(r.unread) > 0) != (r.action == "") || r.action == "" && d.action != cannotTell && d.action != noRule {
				t.Fatalf("rule %q, unread %q, action %q: %+v", r.name, r.unread, r.action, d)
			}
		}
	})
}
