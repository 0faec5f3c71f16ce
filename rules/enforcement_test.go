package rules

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/testdata/compose"
)

// sessionOf composes a session of TLS 1.2 on port 5443 of the card service, which
// change can make another one, and reads it back.
func sessionOf(t *testing.T, change func(*compose.ZERTSummary)) *zert.Session {
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

const policyHead = "package zert.enforcement\n\n"

func compilePolicy(t *testing.T, body string) *Enforcement {
	t.Helper()
	e, err := CompileEnforcement("site.rego", policyHead+body)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return e
}

// TestEnforcementDecides: what the policy says; what is not known of a session
// decides nothing once the policy looks at it, in whatever form it does.
func TestEnforcementDecides(t *testing.T) {
	known := sessionOf(t, nil)
	noVersion := sessionOf(t, func(z *compose.ZERTSummary) { z.TLS.ProtVer = 0 })
	none := sessionOf(t, func(z *compose.ZERTSummary) { z.TLS = nil })
	noUser := sessionOf(t, func(z *compose.ZERTSummary) { z.UserID = "" })
	oddCode := sessionOf(t, func(z *compose.ZERTSummary) {
		z.TLS, z.SSH = nil, &compose.ZERTSSH{Source: 2, ProtVer: 2, InEncAlg: 0x0E, OutEncAlg: 0x0E}
	})
	const reset = `{"action": "reset", "reason": "r"}`
	const pass = `{"action": "none", "reason": "p"}`
	version := "tls_version is not known"
	whole := version + ", nor are 7 other fields; the policy takes the input as a whole, where it could name what it asks for"
	for _, c := range []struct {
		name, body string
		session    *zert.Session
		want       Ruling
	}{
		{"a text", `decision := ` + reset + ` if input.job == "CICSCRD1"`, known, Ruling{Actions: []string{"reset"}, Reason: "r"}},
		{"a number", `decision := ` + reset + ` if input.port in numbers.range(5440, 5449)`, known, Ruling{Actions: []string{"reset"}, Reason: "r"}},
		{"a list", `decision := ` + pass + ` if "TLSv1.2" in input.tls_version`, known, Ruling{Actions: []string{"none"}, Reason: "p"}},
		{"two actions", `decision := {"action": ["log", "reset"], "reason": sprintf("port %d", [input.port])}`, known, Ruling{Actions: []string{"log", "reset"}, Reason: "port 5443"}},
		{"a network", `decision := ` + pass + ` if net.cidr_contains("10.32.0.0/16", input.peer)`, known, Ruling{Actions: []string{"none"}, Reason: "p"}},
		{"no decision", `decision := ` + reset + ` if input.port == 23`, known, Ruling{}},
		{"the other branch", `decision := ` + pass + ` if "TLSv1.3" in input.tls_version else := ` + reset, known, Ruling{Actions: []string{"reset"}, Reason: "r"}},

		// What a session does not have is not there: "every" of nothing is not true.
		{"every of none", `decision := ` + pass + ` if every v in input.tls_version { v == "TLSv1.3" }`, none, Ruling{}},
		{"every of one", `decision := ` + pass + ` if every v in input.tls_version { v == "TLSv1.2" }`, known, Ruling{Actions: []string{"none"}, Reason: "p"}},

		{"not known", `decision := ` + pass + ` if "TLSv1.2" in input.tls_version`, noVersion, Ruling{Unknown: []string{version}}},
		{"nor its absence", `decision := ` + pass + ` if not "TLSv1.0" in input.tls_version`, noVersion, Ruling{Unknown: []string{version}}},
		{"a default does not hide it", "default decision := " + pass + "\ndecision := " + reset + ` if "TLSv1.0" in input.tls_version`, noVersion, Ruling{Unknown: []string{version}}},
		{"nor does else", `decision := ` + reset + ` if "TLSv1.0" in input.tls_version else := ` + pass, noVersion, Ruling{Unknown: []string{version}}},
		{"nor an index", `decision := ` + pass + ` if input.tls_version == ["unknown"]`, noVersion, Ruling{Unknown: []string{version}}},
		{"nor a helper", "ok(s) if not \"TLSv1.0\" in s.tls_version\ndecision := " + pass + ` if ok(input)`, noVersion, Ruling{Unknown: []string{whole}}},
		{"nor a name of its own", `decision := ` + pass + ` if { s := input; not "TLSv1.0" in s.tls_version }`, noVersion, Ruling{Unknown: []string{whole}}},
		{"nor a computed field", `decision := ` + pass + ` if { some k in ["tls_version"]; count(input[k]) == 1 }`, noVersion, Ruling{Unknown: []string{whole}}},
		{"nor a comprehension", `decision := ` + pass + ` if count({v | some v in input.tls_version; v == "TLSv1.0"}) == 0`, noVersion, Ruling{Unknown: []string{version}}},
		{"nor the reason", `decision := {"action": "none", "reason": sprintf("%v", [input.tls_version])}`, noVersion, Ruling{Unknown: []string{version}}},
		{"nor a set of rules", "old contains v if { some v in input.tls_version; v != \"TLSv1.3\" }\ndecision := " + pass + ` if count(old) == 0`, noVersion, Ruling{Unknown: []string{version}}},
		{"nor an error", `decision := ` + pass + ` if to_number(input.tls_version[0]) == 1`, noVersion, Ruling{Unknown: []string{version}}},
		{"no user", `decision := ` + pass + ` if not input.user in {"GUEST"}`, noUser, Ruling{Unknown: []string{"user is not known"}}},
		{"a code that nobody confirms", `decision := ` + pass + ` if { "ssh" in input.protection; not "none" in input.ssh_encryption }`, oddCode, Ruling{Unknown: []string{"ssh_encryption has code 0x0E, which no published table names"}}},
		{"not looked at", `decision := ` + reset + ` if { input.port == 1; "TLSv1.2" in input.tls_version } else := ` + pass + ` if input.port == 5443`, noVersion, Ruling{Actions: []string{"none"}, Reason: "p"}},
		{"behind what decides", `decision := ` + pass + ` if input.port == 5443 else := ` + reset + ` if "TLSv1.0" in input.tls_version`, noVersion, Ruling{Actions: []string{"none"}, Reason: "p"}},
	} {
		e := compilePolicy(t, c.body)
		for range 2 { // the second answer is remembered
			got, err := e.Decide(t.Context(), c.session)
			if err != nil || !slices.Equal(got.Actions, c.want.Actions) || got.Reason != c.want.Reason || !slices.Equal(got.Unknown, c.want.Unknown) {
				t.Errorf("%s: %+v %v, want %+v", c.name, got, err, c.want)
			}
		}
		if len(e.memo) != 1 {
			t.Errorf("%s: asked %d times", c.name, len(e.memo))
		}
	}
}

// TestEnforcementAsksOnce: sessions that are the same in what the policy reads
// are one question, others are not.
func TestEnforcementAsksOnce(t *testing.T) {
	e := compilePolicy(t, `decision := {"action": "log", "reason": input.job} if input.port == 5443`)
	for i, change := range []func(*compose.ZERTSummary){
		nil, func(z *compose.ZERTSummary) { z.CltIP = netip.MustParseAddr("10.32.1.99") }, func(z *compose.ZERTSummary) { z.TLS = nil },
		func(z *compose.ZERTSummary) { z.Jobname = "CICSCRD2" },
	} {
		if _, err := e.Decide(t.Context(), sessionOf(t, change)); err != nil {
			t.Fatal(err)
		}
		if want := 1 + i/3; len(e.memo) != want {
			t.Errorf("session %d: %d questions, want %d", i, len(e.memo), want)
		}
	}
	var names []string
	for _, f := range e.Reads() {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"job", "port"}) {
		t.Errorf("reads %q", names)
	}
}

// TestEnforcementRefuses: each error says what is wrong, where, and what to do.
func TestEnforcementRefuses(t *testing.T) {
	const ok = `decision := {"action": "log", "reason": "r"}`
	for name, c := range map[string]struct{ text, want, hint string }{
		"nothing":             {"", "site.rego:0: rego_parse_error: empty module", "package zert.enforcement"},
		"another package":     {"package main\n" + ok, "its package main is not a policy about zERT sessions", "package zert.enforcement"},
		"no rule":             {policyHead + `deny contains "x" if input.port == 1`, "has no rule decision", "decision :="},
		"a set":               {policyHead + `decision contains "x"`, "site.rego:3: decision is not one value", "decision :="},
		"a function":          {policyHead + `decision(x) := 1 if x == 1`, "site.rego:3: decision is not one value", "decision :="},
		"a part":              {policyHead + `decision.action := "log"`, "site.rego:3: decision is not one value", "decision :="},
		"a misspelt field":    {policyHead + ok + ` if input.prt == 1`, "site.rego:3: rego_type_error: undefined ref: input.prt", "zert query --help"},
		"a field of time":     {policyHead + ok + ` if input.hour == "x"`, "undefined ref: input.hour", "zert query --help"},
		"syntax":              {policyHead + `decision := {`, "site.rego:", "Rego v1"},
		"Rego v0":             {policyHead + `decision = 1 { true }`, "site.rego:3: rego_parse_error", "Rego v1"},
		"the network":         {policyHead + ok + ` if http.send({"method": "get", "url": "http://x"}).status_code == 200`, "site.rego:3: rego_type_error: undefined function http.send", "clock, network"},
		"a name service":      {policyHead + ok + ` if net.lookup_ip_addr("x")`, "undefined function net.lookup_ip_addr", "clock, network"},
		"the clock":           {policyHead + ok + ` if time.now_ns() > 0`, "undefined function time.now_ns", "clock, network"},
		"chance":              {policyHead + ok + ` if rand.intn("x", 2) == 1`, "undefined function rand.intn", "clock, network"},
		"the environment":     {policyHead + ok + ` if opa.runtime().env.HOME`, "undefined function opa.runtime", "clock, network"},
		"data that is absent": {policyHead + ok + ` if not data.exceptions[input.job]`, "site.rego:3: reads data.exceptions, which is not given", "one file"},
		"an unused variable":  {policyHead + ok + " if { x := 1 }", "site.rego:3: rego_compile_error: assigned var x unused", ""},
	} {
		_, err := CompileEnforcement("site.rego", c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(collect.HintOf(err), c.hint) {
			t.Errorf("%s: %v\n\thint %q\n\twant %q and %q", name, err, collect.HintOf(err), c.want, c.hint)
		}
	}
}

// TestEnforcementBreaks: what a policy says must be an action and a reason; the
// error names the session about which it was not.
func TestEnforcementBreaks(t *testing.T) {
	s := sessionOf(t, nil)
	for body, want := range map[string]string{
		`decision := "reset"`:                                        "decision is reset, and must have an action and a reason",
		`decision := true`:                                           "decision is true",
		`decision := {"action": "reset"}`:                            "must have an action and a reason",
		`decision := {"action": "reset", "reason": 1}`:               "must have an action and a reason",
		`decision := {"action": "reset", "reason": " "}`:             "the reason is empty",
		`decision := {"action": [], "reason": "r"}`:                  "must have an action and a reason",
		`decision := {"action": 1, "reason": "r"}`:                   "must have an action and a reason",
		`decision := {"action": "log", "reason": "r", "raeson": ""}`: "must have an action and a reason",
		"decision := {\"action\": \"log\", \"reason\": \"a\"}\ndecision := {\"action\": \"log\", \"reason\": \"b\"} if input.port == 5443": "eval_conflict_error",
		`decision := {"action": "log", "reason": "r"} if to_number(input.job) == 1`:                                                        "site.rego:3: eval_builtin_error",
	} {
		got, err := compilePolicy(t, body).Decide(t.Context(), s)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "PRDA CICSCRD1, port 5443, peer 10.32.1.21") {
			t.Errorf("%s: %+v %v, want %q", body, got, err, want)
		}
	}
}

// TestEnforcementDoubtProperty: what is decided about a session whose version is
// not known is decided for every version it can have had.
func TestEnforcementDoubtProperty(t *testing.T) {
	version := func(v uint16) *zert.Session {
		return sessionOf(t, func(z *compose.ZERTSummary) { z.TLS.ProtVer = v })
	}
	unknown := version(0)
	all := []*zert.Session{version(0x0300), version(0x0301), version(0x0302), version(0x0303), version(0x0304)}
	conditions := []string{
		`"TLSv1.2" in input.tls_version`, `not "TLSv1.0" in input.tls_version`, `input.port == 5443`, `input.port == 1`,
		`count(input.tls_version) == 1`, `every v in input.tls_version { v != "TLSv1.0" }`, `some v in input.tls_version; v > "TLSv1.1"`,
		`object.get(input, "tls_version", []) == ["TLSv1.3"]`, `startswith(input.job, "CICS")`, `input["tls_version"][0] == "SSLv3"`,
		`{v | some v in input.tls_version} & {"TLSv1.0"} == set()`, `walk(input, [["tls_version", _], "TLSv1.1"])`, `json.marshal(input) == ""`,
		`"TLSv1.3" in input.tls_version with input.tls_version as ["TLSv1.3"]`, `x := [input | true]; x[0].tls_version == ["TLSv1.2"]`,
	}
	decided := 0
	for _, a := range conditions {
		for _, b := range conditions {
			for _, form := range []string{
				"decision := {\"action\": \"reset\", \"reason\": \"r\"} if { %a } else := {\"action\": \"allow\", \"reason\": \"a\"} if { %b }",
				"default decision := {\"action\": \"allow\", \"reason\": \"a\"}\ndecision := {\"action\": \"reset\", \"reason\": \"r\"} if {\n %a\n %b\n}",
				"p if { %a }\nq if { %b }\ndecision := {\"action\": \"reset\", \"reason\": \"r\"} if { not p; q }",
			} {
				e, err := CompileEnforcement("site.rego", policyHead+strings.NewReplacer("%a", a, "%b", b).Replace(form))
				if err != nil {
					continue // the same variable twice
				}
				r, err := e.Decide(t.Context(), unknown)
				if err != nil {
					t.Fatalf("%s, %s: %v", a, b, err)
				}
				if len(r.Unknown) > 0 {
					continue
				}
				decided++
				for _, s := range all {
					if got, err := e.Decide(t.Context(), s); err != nil || !slices.Equal(got.Actions, r.Actions) {
						t.Errorf("%s\nis %v without the version, and %v %v with %v", strings.NewReplacer("%a", a, "%b", b).Replace(form), r, got, err, s.Protection)
					}
				}
			}
		}
	}
	if decided < 50 {
		t.Errorf("only %d policies decided anything", decided)
	}
}

// TestEnforcementUnderOPATest: a policy is tested with stock OPA, as it is.
func TestEnforcementUnderOPATest(t *testing.T) {
	modules := map[string]*ast.Module{}
	for name, text := range map[string]string{
		"zert.rego": policyHead + `decision := {"action": "reset", "reason": "old"} if "TLSv1.0" in input.tls_version`,
		"zert_test.rego": `package zert.enforcement_test

import data.zert.enforcement

test_old if enforcement.decision.action == "reset" with input as {"tls_version": ["TLSv1.0"]}

test_new if not enforcement.decision with input as {"tls_version": ["TLSv1.3"]}
`,
	} {
		m, err := ast.ParseModule(name, text)
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = m
	}
	results, err := tester.NewRunner().SetModules(modules).RunTests(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r := range results {
		if n++; !r.Pass() {
			t.Errorf("%s: %v", r.Name, r.Error)
		}
	}
	if n != 2 {
		t.Errorf("%d tests ran", n)
	}
}
