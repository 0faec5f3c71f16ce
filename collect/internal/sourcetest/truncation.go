package sourcetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// truncation checks the law the whole product rests on.
func (s Suite) truncation(t *testing.T, data []byte) {
	full := map[string]*collect.Part{}
	fullFacts := map[string][]collect.Entry{}
	for _, p := range s.collect(t, data) {
		full[p.Header.System] = p
		fullFacts[p.Header.System] = facts(t, p)
	}
	for _, n := range s.cutsOf(len(data)) {
		parts, err := s.run(t.Context(), data[:n])
		if err != nil {
			if testing.Verbose() && n%97 == 0 {
				t.Logf("cut at %d: %v", n, err)
			}
			continue // an error says that nothing can be said
		}
		for _, p := range parts {
			if whole := full[p.Header.System]; whole != nil {
				if err := looksRemoved(whole, fullFacts[p.Header.System], p, facts(t, p)); err != nil {
					t.Fatalf("cut at byte %d of %d: %v", n, len(data), err)
				}
			}
			p.Close()
		}
	}
}

func (s Suite) cutsOf(size int) []int {
	cuts := s.Cuts
	if cuts == 0 {
		cuts = 400
	}
	tail := 100
	if testing.Short() {
		cuts, tail = cuts/8, tail/4
	}
	step := max(1, size/max(1, cuts))
	var out []int
	for n := 0; n < size; n += step {
		out = append(out, n)
	}
	for n := max(0, size-tail); n < size; n++ {
		out = append(out, n)
	}
	return out
}

// looksRemoved reports a key or member of whole that would look removed in cut.
func looksRemoved(whole *collect.Part, wholeFacts []collect.Entry, cut *collect.Part, cutFacts []collect.Entry) error {
	have := map[collect.Key]collect.Value{}
	entities := map[collect.Key]bool{}
	for _, e := range cutFacts {
		have[e.Key] = e.Value
		for n := 1; n < 12; n++ {
			entities[e.Key.Head(n)] = true
		}
	}
	for _, e := range wholeFacts {
		if collect.Keys().Class(e.Key) == collect.Derived {
			continue
		}
		c := cut.Header.CoverageOf(e.Key)
		v, present := have[e.Key]
		if !present {
			switch {
			case c.State == collect.Complete:
				return fmt.Errorf("key %q is gone although %q is covered completely", e.Key, c.Prefix)
			case c.State == collect.Open && c.Through != "" && e.Key.Under(c.Through):
				// Belongs to the last entity, which the end of the file may have cut.
			case c.State == collect.Open:
				entity := e.Key.Head(strings.Count(string(c.Prefix), "/") + 2)
				if entities[entity] {
					return fmt.Errorf("key %q is gone although its entity %q is there and %q is open", e.Key, entity, c.Prefix)
				}
				if through := whole.Header.CoverageOf(e.Key).Through; through != "" && entities[through] {
					return fmt.Errorf("key %q is gone although the last entity of the whole file, %q, is there", e.Key, through)
				}
			}
			continue
		}
		last := c.State == collect.Open && c.Through != "" && e.Key.Under(c.Through)
		if v.Type() == collect.TypeSet && e.Value.Type() == collect.TypeSet && c.State != collect.Partial && !last {
			for _, m := range e.Value.Items() {
				if !v.Has(m) && collect.Keys().Class(e.Key) != collect.Observed {
					return fmt.Errorf("key %q lost member %q although it is %s", e.Key, m, c.State)
				}
			}
		}
		if c.State == collect.Complete && !v.IsUnknown() && collect.Keys().Class(e.Key) == collect.Setting && v.Compare(e.Value) != 0 {
			return fmt.Errorf("key %q is %s instead of %s although it is covered completely", e.Key, v, e.Value)
		}
	}
	if complete(cut) && len(cutFacts) < len(wholeFacts) {
		return fmt.Errorf("%d of %d facts under complete coverage", len(cutFacts), len(wholeFacts))
	}
	return nil
}

func complete(p *collect.Part) bool {
	for _, c := range p.Header.Coverage {
		if c.State != collect.Complete {
			return false
		}
	}
	return true
}
