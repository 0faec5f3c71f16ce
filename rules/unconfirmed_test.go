package rules

import (
	"context"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestUnconfirmedCodesNeverFail: zERT writes codes whose names no published table
// confirms. A service that shows nothing but such codes, over an open network,
// fails nothing: a person has to look. The number of a cipher suite is no such
// code: the registry of suites is public, and a number that is not in it fails.
func TestUnconfirmedCodesNeverFail(t *testing.T) {
	e := builtinEngine(t, Site{Zones: []Zone{{Name: "all", Kind: ZoneUntrusted, Networks: []string{"0.0.0.0/0"}}}})
	for _, protection := range []string{"tls", "ssh", "ipsec", "code 0x10"} {
		var facts []string
		for _, def := range collect.Keys().Definitions() {
			rest, ok := strings.CutPrefix(def.Pattern, "zert/<system>/<stack>/<role>/<job>/<endpoint>/")
			if !ok || strings.Contains(rest, "<") || def.Class != collect.Observed {
				continue
			}
			value := `["code 0x1F"]`
			switch {
			case rest == "protection":
				value = `["` + protection + `"]`
			case rest == "peer_networks":
				value = `["192.0.2.0/24"]`
			case strings.HasSuffix(rest, "suites"):
				value = "[]"
			case strings.HasSuffix(rest, "cert_key") || strings.HasSuffix(rest, "_key"):
				value = `["code 0x07 512"]`
			case def.Type != collect.TypeSet:
				continue
			}
			facts = append(facts, "zert/SYSA/TCPIP/server/APP/10.1.2.3:4711/"+rest+": "+value)
		}
		if len(facts) < 30 {
			t.Fatalf("%d facts", len(facts))
		}
		a, err := e.Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{testPart("SYSA", "zert-smf", facts, complete("zert"))})
		if err != nil {
			t.Fatal(err)
		}
		review := 0
		for _, f := range a.Findings {
			if !strings.HasPrefix(string(f.Entity), "zert/SYSA/TCPIP/server/") {
				continue
			}
			if f.Result == Fail {
				t.Errorf("%s: %s fails: %q", protection, f.Check, f.Messages)
			}
			if f.Result == Review || f.Result == NoData {
				review++
			}
		}
		if review == 0 {
			t.Errorf("%s: codes that nobody can name are noticed by no check", protection)
		}
	}
}
