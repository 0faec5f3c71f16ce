package reports

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// TestEqualFindingsAreOneGroup: what differs in more than the entity stays apart.
func TestEqualFindingsAreOneGroup(t *testing.T) {
	finding := func(system, entity, message string, change func(*rules.Finding)) *rules.Finding {
		f := &rules.Finding{System: system, Check: "A01", Entity: collect.Key(entity), Result: rules.Review, Messages: []string{message}}
		if change != nil {
			change(f)
		}
		return f
	}
	p := &page{}
	groups := p.group([]*rules.Finding{
		finding("S1", "zvm/user/A", "class B", nil),
		finding("S1", "zvm/user/B", "class B", nil),
		finding("S2", "zvm/user/A", "class B", nil),
		finding("S1", "zvm/user/C", "class C", nil),
		finding("S1", "zvm/user/D", "class B", func(f *rules.Finding) { f.Severity = "critical" }),
		finding("S1", "zvm/user/E", "class B", func(f *rules.Finding) { f.Allowed = &rules.Allow{Reason: "known"} }),
		finding("S1", "zvm/user/F", "class B", func(f *rules.Finding) { f.Result = rules.Fail }),
		finding("S1", "zvm/user/G", "", func(f *rules.Finding) { f.Missing = []collect.Key{"zvm/user/G/class"} }),
		finding("S1", "zvm/user/H", "", func(f *rules.Finding) { f.Missing = []collect.Key{"zvm/user/H/class"} }),
	})
	var got []string
	for _, g := range groups {
		var names []string
		for _, e := range g.Entities {
			names = append(names, e.Name)
		}
		got = append(got, fmt.Sprintf("%s %s %s%s", g.System, g.Result, g.Prefix, strings.Join(names, ",")))
	}
	want := []string{
		"S1 FAIL zvm/user/F", "S1 REVIEW zvm/user/A,B", "S2 REVIEW zvm/user/A", "S1 REVIEW zvm/user/C",
		"S1 REVIEW zvm/user/D", "S1 REVIEW zvm/user/E", "S1 REVIEW zvm/user/G,H",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("groups are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if m := groups[6].Missing; len(m) != 1 || m[0] != "class" {
		t.Errorf("the group lacks %v, want class below each entity", m)
	}
}

// TestAnAddedUserIsOneRow, but what makes the system weaker stays a row of its own.
func TestAnAddedUserIsOneRow(t *testing.T) {
	r := &Report{Systems: []System{{ID: "S"}}}
	change := func(op baseline.Op, key string, d rules.Direction) {
		r.Changes = append(r.Changes, rules.JudgedChange{System: "S", Direction: d, Change: baseline.Change{
			Op: op, Key: collect.Key(key), Old: collect.Text("x"), New: collect.Text("y")}})
	}
	for _, name := range []string{"class", "ipl", "kind", "machine"} {
		change(baseline.Added, "zvm/user/NEW/"+name, rules.Neutral)
		change(baseline.Removed, "racf/setropts/"+name, rules.Neutral) // options are not one thing
	}
	change(baseline.Added, "zvm/user/NEW/option", rules.Weaker)
	change(baseline.Changed, "zvm/user/NEW/logonby", rules.Neutral)
	p, err := newPage(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range p.changeRows("S") {
		got = append(got, fmt.Sprintf("%s %s: %s", row.Direction, row.Key, row.text()))
	}
	want := []string{
		"weaker zvm/user/NEW/option: new: y",
		"neutral racf/setropts/class: gone, was: x", "neutral racf/setropts/ipl: gone, was: x",
		"neutral racf/setropts/kind: gone, was: x", "neutral racf/setropts/machine: gone, was: x",
		"neutral zvm/user/NEW: new, 4 keys: class ipl kind machine",
		"neutral zvm/user/NEW/logonby: x -> y",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("rows are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestVerdictsAreTheAssessors: the assessor's findings occur only inside the
// tool's own words, or where the report says whose they are.
func TestVerdictsAreTheAssessors(t *testing.T) {
	ours := regexp.MustCompile(`(?i)indicates? Not in Place|supports In Place \(partial\)|In Place, Not in Place, Not Applicable and Not Tested are`)
	for _, f := range Formats() {
		var out bytes.Buffer
		if err := Write(&out, f.Name, exampleReport(), Options{Width: 160}); err != nil {
			t.Fatal(err)
		}
		rest := ours.ReplaceAllString(out.String(), "")
		for _, word := range []string{"in place", "not tested", "compliant"} {
			for at := range strings.Lines(rest) {
				if strings.Contains(strings.ToLower(at), word) && !strings.Contains(at, "nor compliant") {
					t.Errorf("%s: %q stands alone in %.120q", f.Name, word, at)
				}
			}
		}
	}
}

// TestTheSameOfTwoExtractsIsOneRow, with the evidence of both; what only one of
// them tells, or what they tell differently, stays apart.
func TestTheSameOfTwoExtractsIsOneRow(t *testing.T) {
	r := &Report{Systems: []System{{ID: "S"}}}
	change := func(source, key, old, now string, op baseline.Op) {
		c := rules.JudgedChange{System: "S", Direction: rules.Neutral, Checks: []string{"N07"}, Change: baseline.Change{
			Op: op, Key: collect.Key(key), Source: source, New: collect.Text(now)}}
		if old != "" {
			c.Old = collect.Text(old)
		}
		c.Evidence = []rules.Evidence{{System: "S", Source: source, Key: collect.Key(key), File: source + ".txt", Line: 7}}
		r.Changes = append(r.Changes, c)
	}
	for _, source := range []string{"attls-policy", "attls-pasearch"} {
		change(source, "attls/TCPIP/rule/NEW/Direction", "", "Inbound", baseline.Added)
		change(source, "attls/TCPIP/rule/OLD/Direction", "Inbound", "Both", baseline.Changed)
		change(source, "attls/TCPIP/rule/NEW/Jobname", "", "JOB"+source[6:8], baseline.Added) // differs
	}
	change("attls-policy", "attls/TCPIP/rule/NEW/Userid", "", "USER", baseline.Added)
	change("attls-policy", "attls/TCPIP/rule/IDLE/Userid", "USER", "", baseline.NotSeen)
	change("attls-pasearch", "attls/TCPIP/rule/IDLE/Userid", "USER", "", baseline.NotSeen)
	p, err := newPage(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range p.Changes {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %d %s", c.Op, c.Key[len("attls/TCPIP/rule/"):], c.Source, len(c.Evidence), c.Why)))
	}
	want := []string{
		"not_seen IDLE/Userid attls-pasearch 1", "not_seen IDLE/Userid attls-policy 1",
		"added NEW/Direction attls-pasearch, attls-policy 2",
		"added NEW/Jobname attls-pasearch 1 as attls-pasearch tells it", "added NEW/Jobname attls-policy 1 as attls-policy tells it", "added NEW/Userid attls-policy 1",
		"changed OLD/Direction attls-pasearch, attls-policy 2",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("changes are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A reason that another one holds is not told twice.
func TestAlsoWhy(t *testing.T) {
	var got []string
	for _, why := range []string{"N07 gives FAIL", "", "N07 gives FAIL; T09 gives FAIL", "T09 gives FAIL", "H19 gives FAIL"} {
		got = alsoWhy(got, why)
	}
	if want := []string{"N07 gives FAIL; T09 gives FAIL", "H19 gives FAIL"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
