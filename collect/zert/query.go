package zert

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// Query selects sessions of SMF dumps and adds them up, straight from the
// records: what a zERT Network Analyzer query does without its database.
type Query struct {
	// From and To bound the end of an interval, as the local clock of the system
	// read it; zero times do not bound. To is excluded.
	From, To time.Time
	// Match decides about a session, once for each; nil takes every one.
	Match func(*Session) (bool, error)
	// By are the fields to group by; none gives one group of everything.
	By []Field
}

// Totals are sums over the intervals of the sessions of a group.
type Totals struct {
	Sessions    int64 // distinct session ids
	Connections uint64
	BytesIn     uint64
	BytesOut    uint64
	Intervals   int64     // records
	First, Last time.Time // ends of intervals, local clock of the system
}

// Group is one row of a result: the values of Query.By, and the totals.
type Group struct {
	Values []string
	Totals
}

// Result is what a query found, groups sorted by their values.
type Result struct {
	Groups []Group
	Total  Totals
	// Records were read, Matched of them counted; Repeated stood there before.
	Records, Matched, Repeated int64
	// Partial says, for each dump that is not whole, why.
	Partial []string
}

// RunQuery reads files, several at a time, and answers q. Memory grows with the
// distinct sessions and groups, not with the records.
func RunQuery(ctx context.Context, files []*collect.File, opts *collect.Options, q *Query) (*Result, error) {
	queriers := make([]*querier, len(files))
	errs := make([]error, len(files))
	slots := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	var wg sync.WaitGroup
	for i, f := range files {
		c, err := newCollection(opts)
		if err != nil {
			return nil, err
		}
		// Session ids are compared between files, so all hash with one seed.
		if i > 0 {
			c.seeds = queriers[0].seeds
		}
		queriers[i] = &querier{collection: c, query: q, groups: map[string]*queryGroup{}, known: map[[2]uint64]*hit{}, namer: namer{unconfirmed: map[string]string{}, site: c.codes}}
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			errs[i] = queriers[i].file(ctx, f)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return mergeResults(queriers), nil
}

// querier answers a query for one file. It embeds a collection for decoding.
type querier struct {
	*collection
	query  *Query
	namer  namer
	groups map[string]*queryGroup
	known  map[[2]uint64]*hit // by the bytes of a session that stay
	forgot bool               // known held more sessions than are remembered
	key    []byte             // scratch
	sum    session            // scratch for counters

	records, matched int64
	partial          string
	failed           error
}

// maxKnown bounds the sessions whose group is remembered; beyond, they are
// decoded again.
const maxKnown = 1 << 18

// hit is a session that was looked at; group is nil when it does not match.
type hit struct {
	group *queryGroup
	id    uint64
	last  smf.Hundredths // end of its latest interval
	life  uint32         // most connections a record of that time counted
}

// later reports whether a record is later than all of the session before it, so
// that it cannot be a repetition, and takes note of it.
func (h *hit) later(when smf.Hundredths, life uint32) bool {
	if when < h.last || when == h.last && life <= h.life {
		return false
	}
	h.last, h.life = when, life
	return true
}

type sums struct {
	sessions    map[uint64]struct{}
	connections uint64
	in, out     uint64
	intervals   int64
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
	t := Totals{Sessions: int64(len(s.sessions)), Connections: s.connections, BytesIn: s.in, BytesOut: s.out, Intervals: s.intervals}
	if s.intervals > 0 {
		t.First, t.Last = s.first.In(time.UTC), s.last.In(time.UTC)
	}
	return t
}

func (q *querier) file(ctx context.Context, f *collect.File) error {
	stream, err := f.OpenUndigested(ctx)
	if err != nil {
		return err
	}
	defer stream.Close()
	r := smf.NewReader(stream, maxRecord(q.opts))
	if _, err := r.Detect(); err != nil {
		return &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: %w", collect.ErrNotRecognised, err),
			Advice: "name an SMF dump with its record descriptor words"}
	}
	for {
		rec, err := r.Next()
		var damage *smf.Damage
		switch {
		case err == nil:
			q.record(rec.Data)
			if q.failed != nil {
				return q.failed
			}
			continue
		case isDamage(err, &damage):
			if q.partial == "" {
				q.partial = fmt.Sprintf("%s: record %d at offset %d: %s", f.Name, damage.Number, damage.Offset, damage.What)
			}
			if !damage.Fatal {
				continue
			}
		case !errors.Is(err, io.EOF):
			return err
		}
		return nil
	}
}

func isDamage(err error, to **smf.Damage) bool {
	d, ok := err.(*smf.Damage)
	*to = d
	return ok
}

// record takes one record of a dump.
func (q *querier) record(rec []byte) {
	q.records++
	if smf.Type(rec) != recordType || len(rec) < smf.Header || smf.Subtype(rec) != subtypeSummary {
		return
	}
	when, ok := q.clock.Read(rec)
	if !ok || q.view.open(rec) != nil || q.view.common[saEventType] != eventInterval {
		return
	}
	if !q.query.From.IsZero() && when.In(time.UTC).Before(q.query.From) || !q.query.To.IsZero() && !when.In(time.UTC).Before(q.query.To) {
		return
	}
	sys := q.systemOf(rec)
	if sys == nil {
		return
	}
	v := &q.view
	key, fingerprint := q.identify(v)
	h := q.known[key]
	if h == nil {
		if len(q.known) >= maxKnown {
			clear(q.known)
			q.forgot = true
		}
		h = q.look(v)
		q.known[key] = h
	}
	if h == nil || h.group == nil {
		return
	}
	fresh := h.last == 0
	if h.later(when, lifeAtEnd(v)) && !q.forgot {
		q.repeat.note(fingerprint)
	} else if q.repeat.seen(fingerprint) {
		sys.repeated++
		return
	}
	q.matched++
	q.sum.counters = counters{}
	q.count(sys, &q.sum, v)
	g := h.group
	g.connections += q.sum.connections
	g.in, g.out = addUp(g.in, q.sum.in), addUp(g.out, q.sum.out)
	g.intervals++
	if g.first == 0 || when < g.first {
		g.first = when
	}
	g.last = max(g.last, when)
	if fresh {
		g.sessions[h.id] = struct{}{}
	}
}

// look decodes a session and decides about it.
func (q *querier) look(v *view) *hit {
	var s session
	q.decode(&s, v, place{})
	view := q.session(&s)
	if q.query.Match != nil {
		ok, err := q.query.Match(view)
		if err != nil {
			q.failed = err
			return &hit{}
		}
		if !ok {
			return &hit{}
		}
	}
	q.key = q.key[:0]
	values := make([]string, len(q.query.By))
	for i, f := range q.query.By {
		values[i] = f.Value(view)
		q.key = append(append(q.key, values[i]...), 0)
	}
	g := q.groups[string(q.key)]
	if g == nil {
		g = &queryGroup{values: values, sums: sums{sessions: map[uint64]struct{}{}}}
		q.groups[string(q.key)] = g
	}
	return &hit{group: g, id: s.id}
}

func mergeResults(queriers []*querier) *Result {
	out := &Result{}
	groups := map[string]*queryGroup{}
	var total sums
	for _, q := range queriers {
		out.Records += q.records
		out.Matched += q.matched
		for _, s := range q.systems {
			out.Repeated += s.repeated
		}
		if q.partial != "" {
			out.Partial = append(out.Partial, q.partial)
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
	slices.SortFunc(out.Groups, func(a, b Group) int { return slices.CompareFunc(a.Values, b.Values, compareNatural) })
	out.Total = total.totals()
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
