package baseline

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

func TestToolFacts(t *testing.T) {
	now := time.Date(2026, 11, 10, 3, 0, 0, 0, time.UTC)
	s, err := Create(t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	first := put(t, s, "2026-11-10", part("zvm/user/A/machine: ESA"))
	if _, err := s.Approve(context.Background(), ApproveRequest{Part: first, Reason: "r", By: "kim", ByFrom: "test"}); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 2)
	if _, err := s.PutRun(Run{Version: "1", Systems: []RunSystem{{System: "SYS1", Night: "2026-11-12", Sources: []string{"test"}}}}); err != nil {
		t.Fatal(err)
	}
	partial := coveredPart([]collect.Coverage{{Prefix: "zvm", State: collect.Partial}}, "zvm/user/A/machine: ESA")
	partial.Header.Period = collect.Moment(now, collect.FromCapture)
	put(t, s, "2026-11-12", partial)
	now = now.AddDate(0, 0, 2).Add(time.Hour)

	p := reopen(t, s).ToolFacts("SYS1", []string{"other"}, map[string]collect.Value{"test": collect.Number(4)})
	want := []string{
		"tool/approval/other/pending: 0",
		"tool/approval/other/unsigned: ?nothing was approved yet",
		"tool/approval/test/pending: 0",
		"tool/approval/test/unsigned: 1",
		"tool/baseline/other/exists: false",
		"tool/baseline/test/age_days: 4",
		"tool/baseline/test/exists: true",
		"tool/comparison/other/done: false",
		"tool/comparison/test/age_days: 2",
		"tool/comparison/test/done: true",
		"tool/comparison/test/possible_days: 4",
		"tool/drift/other/unapproved: ?not compared with a baseline",
		"tool/drift/test/unapproved: 4",
		"tool/evidence/other/exists: false",
		"tool/evidence/test/age_days: 2",
		"tool/evidence/test/exists: true",
		`tool/evidence/test/missing_nights: ["2026-11-11","2026-11-13"]`,
		"tool/evidence/test/state: partial",
	}
	if got := factsOf(t, p); !slices.Equal(got, want) {
		t.Errorf("facts\n%q, want\n%q", got, want)
	}
	if err := p.Check(context.Background()); err != nil {
		t.Error(err)
	}
	facts, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	for facts.Next() {
		key := collect.Key(facts.Key())
		if d, ok := collect.Keys().Lookup(key); !ok || d.Class != collect.Derived {
			t.Errorf("%s: in the catalogue as %v, %v", key, d, ok)
		} else if e, err := facts.Entry(); err != nil || e.Value.Type() != d.Type && e.Value.Type() != collect.TypeUnknown {
			t.Errorf("%s is %s, in the catalogue %s", key, e.Value.Type(), d.Type)
		}
	}
	prov, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	at := map[collect.Key]int64{}
	for prov.Next() {
		at[prov.Located().Key] = prov.Located().At.Pos
	}
	if at["tool/baseline/test/exists"] != 3 || at["tool/comparison/test/done"] != 4 || prov.Err() != nil {
		t.Errorf("positions %v, error %v", at, prov.Err())
	}
}

// Yesterday's extract once more, known by the time that it states, is a night
// without evidence. Extracts that state no time may be the same every night.
func TestRepeatedExtract(t *testing.T) {
	now := time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)
	s, err := Create(t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	at := func(from string, hour int, fact string) *collect.Part {
		p := part(fact)
		p.Header.Period = collect.Moment(now.Add(time.Duration(hour)*time.Hour), from)
		return p
	}
	for i, c := range []struct {
		night string
		part  *collect.Part
		first string
	}{
		{"2026-11-16", at(collect.FromCapture, 0, "zvm/user/A/machine: ESA"), ""},
		{"2026-11-17", at(collect.FromCapture, 0, "zvm/user/A/machine: ESA"), "2026-11-16"},
		{"2026-11-18", at(collect.FromCapture, 24, "zvm/user/A/machine: ESA"), ""},
		{"2026-11-19", at(collect.FromCapture, 24, "zvm/user/A/machine: XA"), ""},
		{"2026-11-19", at(collect.FromConfiguration, 24, "zvm/user/A/machine: XA"), ""},
		{"2026-11-20", at(collect.FromConfiguration, 24, "zvm/user/A/machine: XA"), ""},
	} {
		stored := put(t, s, c.night, c.part)
		if first, again := s.Repeats(stored); first != c.first || again != (c.first != "") {
			t.Errorf("%d: repeats %q, %v; want %q", i, first, again, c.first)
		}
	}
	facts := factsOf(t, s.ToolFacts("SYS1", []string{"test"}, nil))
	if want := `tool/evidence/test/missing_nights: ["2026-11-17"]`; !slices.Contains(facts, want) {
		t.Errorf("%q, want %s", facts, want)
	}
}
