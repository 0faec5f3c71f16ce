package zert

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

type sums struct {
	sessions    map[uint64]struct{}
	connections uint64
	in, out     uint64
	intervals   int64
	bad         int64
	first, last smf.Hundredths
}

type queryGroup struct {
	values []string
	sums
}

func (s *sums) add(t *sums) {
	s.connections += t.connections
	s.in, s.out = addUp(s.in, t.in), addUp(s.out, t.out)
	s.intervals += t.intervals
	s.bad += t.bad
	if s.first == 0 || t.first != 0 && t.first < s.first {
		s.first = t.first
	}
	s.last = max(s.last, t.last)
	if s.sessions == nil {
		s.sessions = map[uint64]struct{}{}
	}
	for id := range t.sessions {
		s.sessions[id] = struct{}{}
	}
}

func (s *sums) totals() Totals {
	t := Totals{Sessions: int64(len(s.sessions)), Connections: s.connections, BytesIn: s.in, BytesOut: s.out, Intervals: s.intervals, Uncounted: s.bad}
	if s.intervals > 0 {
		t.First, t.Last = s.first.In(time.UTC), s.last.In(time.UTC)
	}
	return t
}

func mergeResults(queriers []*querier, layout string) *Result {
	out := &Result{}
	groups := map[string]*queryGroup{}
	var total sums
	for _, q := range queriers {
		out.Records += q.records
		out.Matched += q.matched
		for _, s := range q.systems {
			out.Repeated += s.repeated
		}
		out.Summaries += q.summaries
		out.Details += q.details
		out.Partial = append(out.Partial, q.partial...)
		if q.open != "" {
			out.Open = append(out.Open, q.open)
		}
		for key, g := range q.groups {
			total.add(&g.sums)
			if into := groups[key]; into != nil {
				into.add(&g.sums)
			} else {
				groups[key] = g
			}
		}
	}
	for _, g := range groups {
		out.Groups = append(out.Groups, Group{g.values, g.totals()})
	}
	if layout != "" {
		out.sessions = distinctSessions(groups)
	}
	slices.SortFunc(out.Groups, func(a, b Group) int { return slices.CompareFunc(a.Values, b.Values, compareNatural) })
	out.Total = total.totals()
	return out
}

// distinctSessions counts the sessions below all leading values.
func distinctSessions(groups map[string]*queryGroup) map[string]int64 {
	ids := map[string]map[uint64]struct{}{}
	for _, g := range groups {
		for i := range g.values {
			key := strings.Join(g.values[:i+1], "\x00")
			if ids[key] == nil {
				ids[key] = map[uint64]struct{}{}
			}
			for id := range g.sessions {
				ids[key][id] = struct{}{}
			}
		}
	}
	out := make(map[string]int64, len(ids))
	for key, set := range ids {
		out[key] = int64(len(set))
	}
	return out
}

// compareNatural orders numbers in texts by size, so that port 992 comes before
// port 2992.
func compareNatural(a, b string) int {
	if x, y, ok := bothNumbers(a, b); ok {
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}

func bothNumbers(a, b string) (x, y uint64, ok bool) {
	x, okA := leading(a)
	y, okB := leading(b)
	return x, y, okA && okB && x != y
}

func leading(s string) (n uint64, ok bool) {
	for i := 0; i < len(s) && s[i] >= '0' && s[i] <= '9' && n < math.MaxUint64/16; i++ {
		n, ok = n*10+uint64(s[i]-'0'), true
	}
	return n, ok
}
