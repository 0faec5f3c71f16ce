package zert

import (
	"context"
	"errors"
	"fmt"
	"io"
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
	Uncounted   int64     // records without usable counters, which are in no sum
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
	// Partial says, for each dump that is not whole or not what a query can be
	// about, why.
	Partial []string
	// Open says, for each dump of which nothing proves that it is whole, why.
	Open []string
	// Summaries and Details count the summary and connection detail records
	// that were read; the latter are passed over.
	Summaries, Details int64
	// Watched says of which stacks and times the records speak, whether or not
	// they were selected.
	Watched []Watched

	sessions map[string]int64 // see Sessions
}

// Sessions returns how many distinct sessions the groups with the given leading
// values have, when groups are of times, so that a session counts in several. Of
// other groups the sum is right, and ok is false.
func (r *Result) Sessions(leading []string) (n int64, ok bool) {
	return r.sessions[strings.Join(leading, "\x00")], r.sessions != nil
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
		queriers[i] = &querier{collection: c, query: q, layout: q.layout(), groups: map[string]*queryGroup{}, known: map[[2]uint64]*hit{}, namer: namer{unconfirmed: map[string]string{}, site: c.codes}}
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
	result := mergeResults(queriers, q.layout())
	result.Watched = watched(queriers, opts.Location)
	return result, nil
}

// layout is that of the finest field of time to group by, "" when there is none.
func (q *Query) layout() string {
	finest := ""
	for i := range q.By {
		if len(q.By[i].Time) > len(finest) {
			finest = q.By[i].Time
		}
	}
	return finest
}

// querier answers a query for one file. It embeds a collection for decoding.
type querier struct {
	*collection
	query  *Query
	layout string
	namer  namer
	groups map[string]*queryGroup
	known  map[[2]uint64]*hit // by the bytes of a session that stay
	forgot bool               // known held more sessions than are remembered
	key    []byte             // scratch
	sum    session            // scratch for counters

	records, matched   int64
	summaries, details int64
	partial            []string
	bounds             bounds
	open               string // why nothing proves that the dump is whole
	failed             error
}

// maxKnown bounds the sessions whose group is remembered; beyond, they are
// decoded again.
const maxKnown = 1 << 18

// hit is a session that was looked at.
type hit struct {
	stack  uint32
	values []string // nil: it does not match
	group  *queryGroup
	bucket smf.Hundredths // hour that group is about, when that matters
	id     uint64
	last   smf.Hundredths // end of its latest interval
	life   uint32         // most connections a record of that time counted
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
			q.bounds.record(rec.Data)
			q.record(rec.Data, place{int32(f.Index()), rec.Number, rec.Offset})
			if q.failed != nil {
				return q.failed
			}
			continue
		case isDamage(err, &damage):
			if len(q.partial) == 0 {
				q.partial = append(q.partial, fmt.Sprintf("%s: record %d at offset %d: %s", f.Name, damage.Number, damage.Offset, damage.What))
			}
			if !damage.Fatal {
				continue
			}
		case !errors.Is(err, io.EOF):
			return err
		}
		q.end(f)
		return nil
	}
}

// end says what of a dump could not be used.
func (q *querier) end(f *collect.File) {
	if whole, why := q.bounds.whole(); !whole {
		q.open = f.Name + ": " + why
	}
	for _, sys := range q.systems {
		q.brokenParts.count += sys.broken.count
		if q.brokenParts.first == "" {
			q.brokenParts.first = sys.broken.first
		}
	}
	if d := &q.brokenParts; d.count > 0 {
		q.partial = append(q.partial, fmt.Sprintf("%s: %d records cannot be decoded; the first: %s", f.Name, d.count, d.first))
	}
	switch {
	case q.summaries > 0:
	case q.details > 0:
		q.partial = append(q.partial, f.Name+": holds connection detail (SMF 119 subtype 11) and no summary record (subtype 12), of which queries are made")
	default:
		q.partial = append(q.partial, f.Name+": holds no zERT summary record (SMF 119 subtype 12)")
	}
}

func isDamage(err error, to **smf.Damage) bool {
	d, ok := err.(*smf.Damage)
	*to = d
	return ok
}

// record takes one record of a dump.
func (q *querier) record(rec []byte, at place) {
	q.records++
	if smf.Type(rec) != recordType || len(rec) < smf.Header {
		return
	}
	switch smf.Subtype(rec) {
	case subtypeSummary:
	case subtypeDetail:
		q.details++
		return
	default:
		return
	}
	q.summaries++
	when, ok := q.clock.Read(rec)
	sys := q.systemOf(rec)
	if !ok || sys == nil {
		q.brokenParts.add(at, "its header is not that of an SMF record")
		return
	}
	if err := q.view.open(rec); err != nil {
		sys.broken.add(at, err.Error())
		return
	}
	if !q.query.From.IsZero() && when.In(time.UTC).Before(q.query.From) || !q.query.To.IsZero() && !when.In(time.UTC).Before(q.query.To) {
		return
	}
	v := &q.view
	if event := v.common[saEventType]; event != eventInterval {
		if event == eventDisabled {
			q.stacks[q.stackOf(sys, v)].mark(when, "zERT aggregation was disabled")
		}
		return
	}
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
	st := q.stacks[h.stack]
	st.intervals.add(when-q.duration(v), when)
	if len(v.ident) > tiReason {
		st.set(v.ident[tiReason], when)
	}
	if h.values == nil {
		return
	}
	if h.later(when, lifeAtEnd(v)) && !q.forgot {
		q.repeat.note(fingerprint)
	} else if q.repeat.seen(fingerprint) {
		sys.repeated++
		return
	}
	q.matched++
	q.sum.counters = counters{}
	q.count(sys, &q.sum, v)
	g := q.groupOf(h, when)
	g.connections += q.sum.connections
	g.in, g.out = addUp(g.in, q.sum.in), addUp(g.out, q.sum.out)
	if q.sum.bad {
		g.bad++
	}
	g.intervals++
	if g.first == 0 || when < g.first {
		g.first = when
	}
	g.last = max(g.last, when)
}

// look decodes a session and decides about it.
func (q *querier) look(v *view) *hit {
	var s session
	q.decode(&s, v, place{})
	h := &hit{stack: s.stack, id: s.id}
	view := q.session(&s)
	if q.query.Match != nil {
		ok, err := q.query.Match(view)
		if err != nil {
			q.failed = err
			return h
		}
		if !ok {
			return h
		}
	}
	h.values = make([]string, len(q.query.By))
	for i := range q.query.By {
		h.values[i] = q.query.By[i].Value(view)
	}
	return h
}

// groupOf returns the group that a record of a session counts in: one for each
// hour when the time matters.
func (q *querier) groupOf(h *hit, when smf.Hundredths) *queryGroup {
	const hour = 60 * 60 * 100
	// An interval that ends on the hour lies in the hour before.
	bucket := smf.Hundredths(0)
	if q.layout != "" {
		bucket = (when - 1) / hour
	}
	if h.group != nil && h.bucket == bucket {
		return h.group
	}
	values := slices.Clone(h.values)
	for i := range q.query.By {
		if layout := q.query.By[i].Time; layout != "" {
			values[i] = (bucket * hour).In(time.UTC).Format(layout)
		}
	}
	q.key = q.key[:0]
	for _, text := range values {
		q.key = append(append(q.key, text...), 0)
	}
	g := q.groups[string(q.key)]
	if g == nil {
		g = &queryGroup{values: values, sums: sums{sessions: map[uint64]struct{}{}}}
		q.groups[string(q.key)] = g
	}
	g.sessions[h.id] = struct{}{}
	h.group, h.bucket = g, bucket
	return g
}
