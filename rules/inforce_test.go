package rules

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/attls"
)

func TestFileAgainstInForce(t *testing.T) {
	whole := complete("attls/TCPIP")
	open := collect.Coverage{Prefix: "attls/TCPIP", State: collect.Open}
	tests := []struct {
		name          string
		file, listing []string
		cover         collect.Coverage // of the listing
		want          string
	}{
		{"the same", policyFacts("R", 1), policyFacts("R", 1), whole, "PASS attls/TCPIP/rule/R"},
		{"the default of the release counts in the file only", policyFacts("R", 1, `tls/versions: ["TLSv1.0","TLSv1.2"]`), policyFacts("R", 1), whole,
			`FAIL attls/TCPIP/rule/R tls/versions: in the file ["TLSv1.0","TLSv1.2"], in force ["TLSv1.2"]`},
		{"not installed", append(policyFacts("R", 1), policyFacts("S", 2)...), policyFacts("R", 1), whole,
			"FAIL attls/TCPIP/rule/S the rule is in the file and not in force|PASS attls/TCPIP/rule/R"},
		{"a listing that may have been cut", append(policyFacts("R", 1), policyFacts("S", 2)...), policyFacts("R", 1), open,
			"NO_DATA attls the list of attls/<stack>/rule/<rule> may be incomplete: nothing proves that the extract did not stop early" +
				"|NO_DATA attls/TCPIP/rule/S the rule is in the file and not in force, as far as it was read: nothing proves that the extract did not stop early" +
				"|PASS attls/TCPIP/rule/R"},
		{"gone from the file", nil, policyFacts("R", 1), whole, "FAIL attls/TCPIP/rule/R the rule is in force and not in the file"},
		{"not known on one side", policyFacts("R", 1, "tls/versions: ?the release is not known"), policyFacts("R", 1), whole,
			`NO_DATA attls/TCPIP/rule/R values that cannot be compared: 1, the first is tls/versions: in the file ?the release is not known, in force ["TLSv1.2"]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := testPart("SYSA", "attls-policy", tt.file, whole)
			file.Header.View = collect.Configured
			listing := testPart("SYSA", "attls-pasearch", tt.listing, tt.cover)
			listing.Header.View = collect.Active
			a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{listing, file})
			if err != nil {
				t.Fatal(err)
			}
			if got := said(a, "N07"); got != tt.want {
				t.Errorf("got\n  %s, want\n  %s", got, tt.want)
			}
		})
	}
}

// TestOneViewOnly: with the file alone nothing is known about what is in force.
func TestOneViewOnly(t *testing.T) {
	file := testPart("SYSA", "attls-policy", policyFacts("R", 1), complete("attls/TCPIP"))
	file.Header.View = collect.Configured
	a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{file})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(a, "N07"), "NO_DATA attls no listing of the AT-TLS policy in force (pasearch -t) was read"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestRegisterOfRules goes from the register of services to an AT-TLS rule.
func TestRegisterOfRules(t *testing.T) {
	site := Site{Services: []Service{{System: "SYS?", Job: "WEB*", Port: 443, Purpose: "p"}, {System: "OTHER", Port: 444, Purpose: "p"}}}
	facts := append(policyFacts("R", 1, `LocalPortRange: ["443"]`), policyFacts("S", 2, `LocalPortRange: ["444"]`)...)
	a, err := builtinEngine(t, site).Judge(context.Background(), System{ID: "SYSA", Platform: "zos"},
		[]*collect.Part{testPart("SYSA", "attls-policy", facts, complete("attls/TCPIP"))})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(a, "N03"), "REVIEW attls/TCPIP/rule/S no approved service of job * has port 444|PASS attls/TCPIP/rule/R"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestPublishedPair compares the published listing of pasearch with the policy
// text that a tool made of it and that loses some of it: TLSv1 Off in eight
// rules, the list of suites in five, and one rule altogether.
func TestPublishedPair(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "samples", "attls")
	var parts []*collect.Part
	for name, src := range map[string]collect.Source{"easyattls_generated.policy": attls.Policy(), "pasearch_t_cs31.txt": attls.Pasearch()} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Skip("the published samples are not beside the repository: " + err.Error())
		}
		got, err := collect.Run(context.Background(), src, []*collect.File{collect.BytesFile(name, b)},
			&collect.Options{System: "SYSA", Release: "3.1", Stack: "TCPIP", AssertComplete: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(got[0].Close)
		parts = append(parts, got[0])
	}
	a, err := builtinEngine(t, Site{}).Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, parts)
	if err != nil {
		t.Fatal(err)
	}
	versions, suites, missing := 0, 0, []string{}
	for _, f := range slices.Concat(a.Findings, a.Passes) {
		if f.Check != "N07" || f.Result != Fail {
			continue
		}
		for _, m := range f.Messages {
			switch {
			case strings.HasPrefix(m, "tls/versions: in the file ") && strings.Contains(m, "TLSv1.0"):
				versions++
			case strings.HasPrefix(m, "tls/suites: "):
				suites++
			case m == "the rule is in force and not in the file":
				missing = append(missing, string(f.Entity))
			default:
				t.Errorf("%s: %s", f.Entity, m)
			}
		}
	}
	if versions != 8 || suites != 5 || !slices.Equal(missing, []string{"attls/TCPIP/rule/TNZZZZ"}) {
		t.Errorf("versions differ in %d rules, suites in %d, missing %q", versions, suites, missing)
	}
}
