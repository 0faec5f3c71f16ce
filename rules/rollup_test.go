package rules

import (
	"context"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func TestStatus(t *testing.T) {
	tests := []struct {
		counts Counts
		want   Status
	}{
		{Counts{Fail: 1, Pass: 9}, IndicatesNotInPlace},
		{Counts{Fail: 2, Accepted: 1}, IndicatesNotInPlace},
		{Counts{Fail: 1, Accepted: 1, Pass: 9}, JudgementNeeded},
		{Counts{Fail: 1, Advice: 1, Pass: 9}, JudgementNeeded},
		{Counts{Review: 1, Pass: 9}, JudgementNeeded},
		{Counts{Pass: 1}, SupportsInPlace},
		{Counts{Pass: 1, NotApplicable: 4}, SupportsInPlace},
		{Counts{Pass: 1, NoData: 1}, JudgementNeeded},
		{Counts{Pass: 1, advicePass: 1}, JudgementNeeded},
		{Counts{NoData: 3}, NoEvidence},
		{Counts{NoData: 3, NotApplicable: 1}, NoEvidence},
		{Counts{NotApplicable: 1}, JudgementNeeded},
		{Counts{}, NoEvidence},
	}
	for _, tt := range tests {
		if got := tt.counts.status(); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.counts, got, tt.want)
		}
	}
}

// What loses its data, whatever it said and whatever it rests on, never makes a
// requirement look supported.
func TestLostDataNeverSupports(t *testing.T) {
	for _, pass := range []int64{0, 1, 5} {
		for _, lost := range []Counts{{Fail: 1}, {Fail: 1, Advice: 1}, {Fail: 1, Accepted: 1}, {Review: 1}, {Pass: 1}, {Pass: 1, advicePass: 1}, {NotApplicable: 1}} {
			before := Counts{Pass: pass}
			before.add(lost)
			after := Counts{Pass: pass, NoData: 1}
			if got := after.status(); got == SupportsInPlace {
				t.Errorf("%v, then %v: %s", before, after, got)
			}
		}
	}
}

func TestRollup(t *testing.T) {
	e := builtinEngine(t, Site{})
	judge := func(id string, facts []string) *Assessment {
		a, err := e.Judge(context.Background(), System{ID: id, Platform: "zvm"}, []*collect.Part{testPart(id, "zvm-directory", facts, complete("zvm/user"))})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := Combine(judge("VM2", userFacts()), judge("VM1", userFacts("password_class: nopass")))
	rows := Rollup(builtinPack(t).Catalogue, a, nil)
	if len(rows) != 260 {
		t.Fatalf("%d requirements, want 260", len(rows))
	}
	by := map[string]RequirementStatus{}
	for _, r := range rows {
		by[r.Number] = r
	}
	for number, want := range map[string]Status{"8.3.1": IndicatesNotInPlace, "8.2.2": SupportsInPlace, "4.2.1": NoEvidence, "9.4.6": OutsideThisTool, "8.3.10": OutsideThisTool} {
		if by[number].Status != want {
			t.Errorf("%s: %s (%s), want %s", number, by[number].Status, by[number].Why, want)
		}
	}
	r := by["8.3.1"]
	if len(r.Systems) != 2 || r.Systems[0].System != "VM1" || r.Systems[0].Status != IndicatesNotInPlace || r.Systems[1].Status != SupportsInPlace {
		t.Errorf("8.3.1 by system: %+v", r.Systems)
	}
	if r.Why != "1 FAIL, 1 PASS" || strings.Join(r.Checks, " ") != "H31 U07" || len(r.Limits) != 2 {
		t.Errorf("8.3.1: why %q, checks %v, limits %q", r.Why, r.Checks, r.Limits)
	}
	waived := Rollup(builtinPack(t).Catalogue, a, func(f *Finding) bool { return f.Check == "U07" })
	for _, r := range waived {
		if r.Number == "8.3.1" && (r.Status != JudgementNeeded || r.Counts.Accepted != 1 || r.Counts.Fail != 1) {
			t.Errorf("8.3.1 with an accepted exception: %s, %+v", r.Status, r.Counts)
		}
	}
}

func TestCompareNumbers(t *testing.T) {
	order := strings.Fields("1.1.1 2.2.2 8.3.9 8.3.10 8.3.10.1 8.3.11 9.5.1.2 9.5.1.2.1 10.2.1 12.10.7 A1.1.1 A1.2.1 A2.1.1")
	for i := range order {
		for n := range order {
			if got := CompareNumbers(order[i], order[n]); (got < 0) != (i < n) || (got == 0) != (i == n) {
				t.Errorf("CompareNumbers(%s, %s) = %d", order[i], order[n], got)
			}
		}
	}
}
