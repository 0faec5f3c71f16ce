package zert

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// queryGroup is a group being added up.
type queryGroup struct {
	values   []string
	sessions map[uint64]struct{} // hashes of the session ids
	counters
	intervals, uncounted int64
	first, last          smf.Hundredths
}

// add adds the sums of another group.
func (g *queryGroup) add(o *queryGroup) {
	for id := range o.sessions {
		g.sessions[id] = struct{}{}
	}
	g.counters.add(&o.counters)
	g.intervals += o.intervals
	g.uncounted += o.uncounted
	if g.first == 0 || o.first != 0 && o.first < g.first {
		g.first = o.first
	}
	g.last = max(g.last, o.last)
}

func (g *queryGroup) totals() Totals {
	t := Totals{Sessions: int64(len(g.sessions)), Connections: g.connections, BytesIn: g.in, BytesOut: g.out, Intervals: g.intervals, Uncounted: g.uncounted}
	if g.intervals > 0 {
		t.First, t.Last = g.first.In(time.UTC), g.last.In(time.UTC)
	}
	return t
}

// addUp writes the groups into the result.
func (q *querier) addUp() {
	r := &q.result
	total := queryGroup{sessions: map[uint64]struct{}{}}
	for _, g := range q.groups {
		total.add(g)
		r.Groups = append(r.Groups, Group{g.values, g.totals()})
	}
	slices.SortFunc(r.Groups, func(a, b Group) int { return slices.CompareFunc(a.Values, b.Values, compareNatural) })
	r.Total = total.totals()
	if q.layout != "" {
		r.sessions = distinctSessions(q.groups)
	}
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
