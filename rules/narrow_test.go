package rules

import (
	"context"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func TestEqualEntitiesAreJudgedOnce(t *testing.T) {
	e := builtinEngine(t, Site{})
	var facts []string
	for _, user := range []string{"A", "B", "C", "D"} {
		facts = append(facts, "zvm/user/"+user+`/option: ["CPUID 00000`+user+`"]`, "zvm/user/"+user+"/password_class: lbyonly",
			"zvm/user/"+user+`/class: ["G"]`, "zvm/user/"+user+`/logonby: ["ADMIN`+user+`"]`)
	}
	facts = append(facts, `zvm/user/E/option: ["CPUID 000001","LNKNOPAS"]`)
	if _, err := e.Judge(context.Background(), System{ID: "VM1", Platform: "zvm"}, []*collect.Part{testPart("VM1", "d", facts, complete("zvm/user"))}); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"A02": 2, "U01": 1, "H02": 1, "A01": 1} {
		c := e.checks[slices.IndexFunc(e.checks, func(c *boundCheck) bool { return c.ID == id })]
		if len(c.memo) != want {
			t.Errorf("%s was asked %d times, want %d", id, len(c.memo), want)
		}
	}
}

// TestOnlyIsTheTable: what the rule looks for and what the engine passes on are
// written in two places, so that the pack also runs without the engine.
func TestOnlyIsTheTable(t *testing.T) {
	p := builtinPack(t)
	b, err := fs.ReadFile(p.fsys, "irondrift/pci/tables/data.json")
	if err != nil {
		t.Fatal(err)
	}
	var tables struct {
		Privileged []string `json:"privileged_options"`
		Minor      []string `json:"minor_options"`
	}
	if err := json.Unmarshal(b, &tables); err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(append(tables.Privileged, tables.Minor...)))
	for _, c := range p.checks {
		if c.ID == "A02" {
			if got := slices.Sorted(slices.Values(c.meta.Only["option"])); !slices.Equal(got, want) {
				t.Errorf("A02 passes on %v, its table has %v", got, want)
			}
		}
	}
}

func FuzzEachMember(f *testing.F) {
	for _, s := range []string{`[]`, `["A"]`, `["A","B C"]`, `["a\\"b"]`, `["]","[",","]`, `text`, `["`, `[""]`, `?x`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, form string) {
		v, err := collect.ParseForm([]byte(form), collect.TypeSet)
		if err != nil || v.Type() != collect.TypeSet || v.String() != form {
			t.Skip() // not a set in canonical form
		}
		var got []string
		if !eachMember([]byte(form), func(m []byte) { got = append(got, string(m)) }) {
			if !strings.Contains(form, `\`) {
				t.Errorf("%s was not taken apart", form)
			}
			return
		}
		if !slices.Equal(got, v.Items()) {
			t.Errorf("%s gives %q, want %q", form, got, v.Items())
		}
	})
}
