package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// policyFacts are the facts of an AT-TLS rule with changes.
func policyFacts(name string, order int, changes ...string) []string {
	values := map[string]string{
		"Direction": "Inbound", "LocalAddr": `["All"]`, "LocalPortRange": `["All"]`, "RemoteAddr": `["All"]`, "RemotePortRange": `["All"]`,
		"Jobname": "*", "Userid": "*", "IpTimeCondition": "[]", "TTLSEnabled": "true", "ApplicationControlled": "false",
		"tls/versions": `["TLSv1.2"]`, "tls/suites": `["TLS_AES_256_GCM_SHA384"]`, "order": fmt.Sprint(order),
	}
	return factLines("attls/TCPIP/rule/"+name, values, changes)
}

// serviceFacts are the facts of a zERT service with changes; at is
// "role/job/address:port".
func serviceFacts(at string, changes ...string) []string {
	values := map[string]string{
		"protection": `["tls"]`, "users": `["WEBUSER"]`, "peer_networks": `["10.9.8.0/24"]`,
		"tls/versions": `["TLSv1.2"]`, "tls/suites": `["TLS_AES_256_GCM_SHA384"]`,
	}
	return factLines("zert/SYSA/TCPIP/"+at, values, changes)
}

func factLines(prefix string, values map[string]string, changes []string) []string {
	for _, c := range changes {
		name, v, _ := strings.Cut(c, ": ")
		values[name] = v
	}
	var out []string
	for name, v := range values {
		if v != "" {
			out = append(out, prefix+"/"+name+": "+v)
		}
	}
	return out
}

func judgeBoth(t *testing.T, policy, seen []string) *Assessment {
	t.Helper()
	a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{
		testPart("SYSA", "attls-policy", policy, complete("attls/TCPIP")),
		testPart("SYSA", "zert-smf", seen, complete("zert")),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Errors) > 0 {
		t.Errorf("errors: %q", a.Errors)
	}
	return a
}

const web = "zert/SYSA/TCPIP/server/WEB1/10.1.2.3:443"

func TestDeclaredAgainstObserved(t *testing.T) {
	port := func(p string) string { return `LocalPortRange: ["` + p + `"]` }
	clear := []string{`protection: ["none"]`, "tls/versions: []", "tls/suites: []"}
	tests := []struct {
		name   string
		policy [][]string
		at     string
		seen   []string
		check  string
		want   string
	}{
		{"as declared", [][]string{policyFacts("R", 1, port("443"))}, "server/WEB1/10.1.2.3:443", nil, "T17", "PASS " + web},
		{"less than declared", [][]string{policyFacts("R", 1, port("443"))}, "server/WEB1/10.1.2.3:443", []string{`tls/versions: ["TLSv1.0","TLSv1.2"]`}, "T17",
			"FAIL " + web + " TLSv1.0 was used, and AT-TLS rule R allows TLSv1.2 only"},
		{"clear where a rule says TLS", [][]string{policyFacts("R", 1, port("400-500"), "Jobname: WEB*")}, "server/WEB1/10.1.2.3:443", clear, "T17",
			"FAIL " + web + " no session was protected, while AT-TLS rule R demands TLS"},
		{"the first rule counts", [][]string{policyFacts("OFF", 1, port("443"), "TTLSEnabled: false", "tls/versions: []"), policyFacts("R", 2)}, "server/WEB1/10.1.2.3:443", clear, "T17",
			"NOT_APPLICABLE " + web + " AT-TLS rule OFF does not demand TLS for every connection"},
		{"a rule for some peers comes first", [][]string{policyFacts("OLD", 1, `RemoteAddr: ["10.9.8.7"]`, `tls/versions: ["TLSv1.0"]`), policyFacts("R", 2)}, "server/WEB1/10.1.2.3:443",
			[]string{`tls/versions: ["TLSv1.0"]`}, "T17", "PASS " + web},
		{"a rule for other peers", [][]string{policyFacts("OLD", 1, `RemoteAddr: ["10.9.9.1-10.9.9.9"]`, `tls/versions: ["TLSv1.0"]`), policyFacts("R", 2)}, "server/WEB1/10.1.2.3:443",
			[]string{`tls/versions: ["TLSv1.0"]`}, "T17", "FAIL " + web + " TLSv1.0 was used, and AT-TLS rule R allows TLSv1.2 only"},
		{"a rule for another user", [][]string{policyFacts("U", 1, "Userid: DB2*", `tls/versions: ["TLSv1.0"]`), policyFacts("R", 2)}, "server/WEB1/10.1.2.3:443",
			[]string{`tls/versions: ["TLSv1.0"]`}, "T17", "FAIL " + web + " TLSv1.0 was used, and AT-TLS rule R allows TLSv1.2 only"},
		{"no rule", [][]string{policyFacts("R", 1, port("444"))}, "server/WEB1/10.1.2.3:443", clear, "T18",
			"REVIEW " + web + " some sessions had no protection, and no AT-TLS rule takes this service: the default is clear text"},
		{"a rule for the other direction", [][]string{policyFacts("R", 1, "Direction: Outbound")}, "server/WEB1/10.1.2.3:443", clear, "T18",
			"REVIEW " + web + " some sessions had no protection, and no AT-TLS rule takes this service: the default is clear text"},
		{"a client", [][]string{policyFacts("R", 1, "Direction: Outbound", `RemotePortRange: ["443"]`, `RemoteAddr: ["10.1.0.0/16"]`)}, "client/WEB1/10.1.2.3:443", clear, "T17",
			"FAIL zert/SYSA/TCPIP/client/WEB1/10.1.2.3:443 no session was protected, while AT-TLS rule R demands TLS"},
		{"what the rule allows is not known", [][]string{policyFacts("R", 1, "tls/versions: ?release not known")}, "server/WEB1/10.1.2.3:443", nil, "T17",
			"NO_DATA " + web + " what AT-TLS rule R allows is not known in full"},
		{"the order is not known", [][]string{policyFacts("R", 0, "order: ?a rule before it is not known")}, "server/WEB1/10.1.2.3:443", clear, "T18",
			"REVIEW " + web + " some sessions had no protection, and AT-TLS rule R takes but a part of this service, as far as can be told"},
		{"no session used the rule", [][]string{policyFacts("R", 1, port("444"))}, "server/WEB1/10.1.2.3:443", nil, "G03",
			"REVIEW attls/TCPIP/rule/R no session of the period is one that this rule takes"},
		{"allowed and not seen", [][]string{policyFacts("R", 1, `tls/versions: ["TLSv1.2","TLSv1.3"]`)}, "server/WEB1/10.1.2.3:443", nil, "G03",
			"REVIEW attls/TCPIP/rule/R TLSv1.3 is allowed and was not seen"},
		{"used as written", [][]string{policyFacts("R", 1)}, "server/WEB1/10.1.2.3:443", nil, "G03", "PASS attls/TCPIP/rule/R"},
		{"Enterprise Extender, which AT-TLS does not govern", [][]string{policyFacts("R", 1)}, "ee/VTAM/10.1.2.3:12000", nil, "T17",
			"NOT_APPLICABLE zert the extract is complete and holds no zert/<system>/<stack>/<role=server|client|unknown>/<job>/<endpoint>"},
		{"a service whose role is not known", [][]string{policyFacts("R", 1)}, "unknown/APP/10.1.2.3:12000", nil, "T17",
			"NO_DATA zert/SYSA/TCPIP/unknown/APP/10.1.2.3:12000 the fact declared is missing: AT-TLS rules are matched with TCP services of this system whose role is known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := judgeBoth(t, slices.Concat(tt.policy...), serviceFacts(tt.at, tt.seen...))
			if got := said(a, tt.check); got != tt.want {
				t.Errorf("%s says\n  %s, want\n  %s", tt.check, got, tt.want)
			}
		})
	}
}

// TestBothSidesAreCited wants the line of the policy and the record of the dump
// in a finding about both.
func TestBothSidesAreCited(t *testing.T) {
	a := judgeBoth(t, policyFacts("R", 1), serviceFacts("server/WEB1/10.1.2.3:443", `tls/versions: ["TLSv1.0"]`))
	for _, want := range []struct {
		check string
		cites []string
	}{
		{"T17", []string{web + `/tls/versions ["TLSv1.0"] zert-smf.txt`, `attls/TCPIP/rule/R/tls/versions ["TLSv1.2"] attls-policy.txt`}},
		{"G03", []string{web + `/tls/versions ["TLSv1.0"] zert-smf.txt`, `attls/TCPIP/rule/R/tls/versions ["TLSv1.2"] attls-policy.txt`}},
	} {
		var cited []string
		for _, f := range a.Findings {
			if f.Check != want.check {
				continue
			}
			for _, e := range f.Evidence {
				if e.Line == 0 {
					t.Errorf("%s: evidence %s has no line", want.check, e.Key)
				}
				cited = append(cited, fmt.Sprintf("%s %s %s", e.Key, e.Value, e.File))
			}
		}
		for _, c := range want.cites {
			if !slices.Contains(cited, c) {
				t.Errorf("%s cites\n  %s, want\n  %s", want.check, strings.Join(cited, "\n  "), c)
			}
		}
	}
}

// TestOneSideOnly wants one finding for the system, not one for each service.
func TestOneSideOnly(t *testing.T) {
	e := builtinEngine(t, Site{})
	seen := slices.Concat(serviceFacts("server/WEB1/10.1.2.3:443"), serviceFacts("server/WEB2/10.1.2.3:444"))
	a, err := e.Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{testPart("SYSA", "zert-smf", seen, complete("zert"))})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(a, "T17"), "NO_DATA zert no AT-TLS policy of the system was read"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestRecordsOfSeveralSystems: a policy names no system, so it is that of the
// system that is judged, and of no other whose records lie in the same dump.
func TestRecordsOfSeveralSystems(t *testing.T) {
	var both []string
	for _, line := range serviceFacts("server/WEB1/10.1.2.3:443") {
		both = append(both, line, strings.Replace(line, "zert/SYSA", "zert/SYSB", 1))
	}
	a := judgeBoth(t, policyFacts("R", 1), both)
	if got, want := said(a, "T17"), "NO_DATA "+strings.Replace(web, "SYSA", "SYSB", 1)+
		" the fact declared is missing: AT-TLS rules are matched with TCP services of this system whose role is known|PASS "+web; got != want {
		t.Errorf("got\n  %s, want\n  %s", got, want)
	}
	for i, line := range both {
		both[i] = strings.Replace(line, "zert/SYSA", "zert/SYSC", 1)
	}
	a = judgeBoth(t, policyFacts("R", 1), both)
	if got, want := said(a, "G03"), "the zERT records are of several systems (SYSB, SYSC), and none of them is called SYSA as the AT-TLS policy is"; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSharesOfConditions(t *testing.T) {
	rule := func(name, form string) *policyRule {
		return &policyRule{values: map[string]slot{name: {seen: true, form: []byte(form)}}}
	}
	for _, tt := range []struct {
		form        string
		first, last int
		want        share
	}{
		{`["All"]`, 1, 2, takesAll}, {`["443"]`, 443, 443, takesAll}, {`["1-442","444"]`, 443, 443, takesNone},
		{`["1024-2000"]`, 1024, 65535, takesSome}, {`["1024-2000","2001-65535"]`, 1024, 65535, takesAll}, {"?lost", 1, 1, takesSome},
	} {
		if got := rule("P", tt.form).ports("P", tt.first, tt.last); got != tt.want {
			t.Errorf("ports %s of %d-%d: %d, want %d", tt.form, tt.first, tt.last, got, tt.want)
		}
	}
	for _, tt := range []struct {
		form, networks string
		want           share
	}{
		{`["All"]`, "10.0.0.0/8", takesAll}, {`["10.0.0.0/8"]`, "10.1.0.0/24 10.2.0.0/24", takesAll}, {`["10.1.0.0/24"]`, "10.1.0.0/24 10.2.0.0/24", takesSome},
		{`["10.1.0.7"]`, "10.1.0.0/24", takesSome}, {`["10.1.0.0-10.1.1.255"]`, "10.1.0.0/23", takesAll}, {`["10.1.0.0/24"]`, "10.2.0.0/24", takesNone},
		{`["2001:db8::/32"]`, "2001:db8:1::/64", takesAll}, {`["2001:db8::/32"]`, "10.1.0.0/24", takesNone}, {`["10.1.0.0/24"]`, "", takesSome},
	} {
		svc := newService(map[string]string{}, map[string]slot{"peer_networks": {seen: tt.networks != "", form: []byte(collect.Set(strings.Fields(tt.networks)...).String())}})
		if got := rule("A", tt.form).networks("A", svc.peers); got != tt.want {
			t.Errorf("addresses %s of %s: %d, want %d", tt.form, tt.networks, got, tt.want)
		}
	}
}
