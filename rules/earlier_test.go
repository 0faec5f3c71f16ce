package rules

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestJudgeAfter judges a night after one on which A failed, B was for review, and
// C and D passed.
func TestJudgeAfter(t *testing.T) {
	fails, review, passes := `/class: ["A"]`, `/class: ["G"]`, `/class: ["G"]`
	then := []string{"zvm/user/A" + fails, "zvm/user/B" + review, `zvm/user/B/option: ["X"]`, "zvm/user/C" + passes, "zvm/user/D" + passes}
	partial := collect.Coverage{Prefix: "zvm/user", State: collect.Partial, Reason: "cut"}
	open := collect.Coverage{Prefix: "zvm/user", State: collect.Open, Through: "zvm/user/D"}
	for _, tt := range []struct {
		name       string
		thenCover  collect.Coverage
		facts      []string
		cover      []collect.Coverage
		want       string // what has a before: entity, result
		wantStatus Status
		wantWhy    string
	}{
		{"no extract", complete("zvm/user"), []string{"zvm/feature/clear_tdisk: true"}, []collect.Coverage{complete("zvm/feature")},
			"zvm/user/A FAIL, zvm/user/B REVIEW", IndicatesNotInPlace, "3 NO_DATA; 1 FAIL, 1 REVIEW on 2026-11-18, no data since"},
		{"unknown", complete("zvm/user"), []string{"zvm/user/A/class: ?not visible", "zvm/user/C" + passes}, []collect.Coverage{complete("zvm/user")},
			"zvm/user/A FAIL", IndicatesNotInPlace, "1 NO_DATA, 1 PASS; 1 FAIL on 2026-11-18, no data since"},
		{"cut before them", complete("zvm/user"), []string{"zvm/user/0" + passes}, []collect.Coverage{partial},
			"zvm/user/A FAIL, zvm/user/B REVIEW", IndicatesNotInPlace, "4 NO_DATA; 1 FAIL, 1 REVIEW on 2026-11-18, no data since"},
		{"mended, the rest cut", complete("zvm/user"), []string{"zvm/user/A" + passes}, []collect.Coverage{partial},
			// A is in the partial extract: that it passes there is not relied on.
			"zvm/user/A FAIL, zvm/user/B REVIEW", IndicatesNotInPlace, "3 NO_DATA; 1 FAIL, 1 REVIEW on 2026-11-18, no data since"},
		{"gone", complete("zvm/user"), []string{"zvm/user/C" + passes}, []collect.Coverage{complete("zvm/user")},
			"", SupportsInPlace, "1 PASS"},
		{"mended", complete("zvm/user"), []string{"zvm/user/A" + passes, "zvm/user/B" + passes}, []collect.Coverage{complete("zvm/user")},
			"", SupportsInPlace, "2 PASS"},
		{"open, and not read so far", open, []string{"zvm/user/0" + passes}, []collect.Coverage{{Prefix: "zvm/user", State: collect.Open, Through: "zvm/user/0"}},
			"zvm/user/A FAIL, zvm/user/B REVIEW", IndicatesNotInPlace, "4 NO_DATA; 1 FAIL, 1 REVIEW on 2026-11-18, no data since"},
		{"open, and read past them", open, []string{"zvm/user/D" + passes, "zvm/user/E" + passes}, []collect.Coverage{{Prefix: "zvm/user", State: collect.Open, Through: "zvm/user/E"}},
			"", JudgementNeeded, "2 NO_DATA, 1 PASS"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := toyEngine(t, toyUser, toyKeys, toyBody, Site{})
			sys := System{ID: "VM1", Platform: "zvm"}
			old := testPart("VM1", "zvm-directory", then, tt.thenCover)
			before, err := e.Judge(context.Background(), sys, []*collect.Part{old})
			if err != nil {
				t.Fatal(err)
			}
			// A still earlier night without anything says nothing.
			empty, err := e.Judge(context.Background(), sys, nil)
			if err != nil {
				t.Fatal(err)
			}
			a, err := e.JudgeAfter(context.Background(), sys, []*collect.Part{testPart("VM1", "zvm-directory", tt.facts, tt.cover...)}, []Earlier{
				{Night: "2026-11-19", Assessment: empty}, {Night: "2026-11-18", Parts: []*collect.Part{old}, Assessment: before}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range a.Findings {
				if f.Before == nil {
					continue
				}
				got = append(got, fmt.Sprintf("%s %s", f.Entity, f.Before.Result))
				if f.Result != NoData || f.Before.Night != "2026-11-18" || len(f.Before.Messages) == 0 || len(f.Before.Evidence) == 0 || len(f.Reasons) == 0 {
					t.Errorf("%+v, before %+v", f, f.Before)
				}
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("before: %s; want %s", s, tt.want)
			}
			r := Rollup(e.Catalogues()[0], a, nil)[0]
			if r.Status != tt.wantStatus || r.Why != tt.wantWhy || r.Systems[0].Status != tt.wantStatus || r.Systems[0].Why != tt.wantWhy {
				t.Errorf("%s: %q; want %s: %q\n%+v", r.Status, r.Why, tt.wantStatus, tt.wantWhy, r.Systems)
			}
		})
	}
}

// TestLostAcceptedFailure: an exception counts for what got lost as for what did
// not.
func TestLostAcceptedFailure(t *testing.T) {
	e := toyEngine(t, toyUser, toyKeys, toyBody, Site{Allow: []Allow{{Check: "X1", Entity: "zvm/user/A", Reason: "known"}}})
	sys := System{ID: "VM1", Platform: "zvm"}
	for facts, want := range map[string]Status{"zvm/user/A/class: [\"A\"]": JudgementNeeded, "zvm/user/B/class: [\"A\"]": IndicatesNotInPlace} {
		old := testPart("VM1", "zvm-directory", []string{facts}, complete("zvm/user"))
		before, err := e.Judge(context.Background(), sys, []*collect.Part{old})
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.JudgeAfter(context.Background(), sys, nil, []Earlier{{Night: "2026-11-18", Parts: []*collect.Part{old}, Assessment: before}})
		if err != nil {
			t.Fatal(err)
		}
		if r := Rollup(e.Catalogues()[0], a, nil)[0]; r.Status != want {
			t.Errorf("%s lost: %s (%s), want %s", facts, r.Status, r.Why, want)
		}
		waived := Rollup(e.Catalogues()[0], a, func(f *Finding) bool { return f.Result == Fail && f.Check == "X1" })
		if waived[0].Status != JudgementNeeded {
			t.Errorf("%s lost and waived: %s", facts, waived[0].Status)
		}
	}
}
