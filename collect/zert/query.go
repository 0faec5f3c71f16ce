package zert

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
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

// RunQuery reads files, one after the other, and answers q. A record that stands
// in several of them counts once, see [Window]. Memory grows with the distinct
// sessions and groups, not with the records.
func RunQuery(ctx context.Context, files []*collect.File, opts *collect.Options, q *Query) (*Result, error) {
	c, err := newCollection(opts)
	if err != nil {
		return nil, err
	}
	a := &querier{collection: c, query: q, layout: q.layout(), groups: map[string]*queryGroup{}, known: newCache[hit](maxKnown),
		from: math.MinInt64, to: math.MaxInt64, unfinished: map[*stack][]smf.Hundredths{},
		namer: namer{unconfirmed: map[string]string{}, site: c.codes}}
	if !q.From.IsZero() {
		a.from = smf.HundredthsOf(q.From)
	}
	if !q.To.IsZero() {
		a.to = smf.HundredthsOf(q.To)
	}
	for i, f := range files {
		if err := a.file(ctx, int32(i), f); err != nil {
			return nil, err
		}
	}
	a.addUp()
	a.result.Watched = a.watched(opts.Location)
	return &a.result, nil
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

// querier answers a query. It embeds a collection for decoding.
type querier struct {
	*collection
	query  *Query
	layout string
	namer  namer
	groups map[string]*queryGroup
	known  cache[hit]
	forgot bool           // known held more sessions than are remembered
	from   smf.Hundredths // bounds of the query
	to     smf.Hundredths
	broken damage // of the dump that is being read
	key    []byte // scratch
	failed error

	unfinished map[*stack][]smf.Hundredths // ends of dumps that stop within a set
	result     Result
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

// file takes the records of one dump.
func (q *querier) file(ctx context.Context, index int32, f *collect.File) error {
	stream, err := f.OpenUndigested(ctx)
	if err != nil {
		return err
	}
	defer stream.Close()
	d := newReading(stream, maxRecord(q.opts), q.seeds)
	d.touch = q.known.touch
	if q.opts.NoRDW {
		d.WithoutRDW()
	} else if _, err := d.Detect(); err != nil {
		return &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: %w", collect.ErrNotRecognised, err),
			Advice: "name an SMF dump with its record descriptor words"}
	}
	r := &q.result
	summaries, details := r.Summaries, r.Details
	q.broken = damage{}
	cut := false
	err = d.each(func(it *item) error {
		if damage, ok := it.err.(*smf.Damage); ok {
			if !cut {
				cut = true
				r.Partial = append(r.Partial, fmt.Sprintf("%s: record %d at offset %d: %s", f.Name, damage.Number, damage.Offset, damage.What))
			}
			return nil
		}
		r.Records++
		at := place{index, it.Number, it.Offset}
		if it.plain {
			q.interval(&it.summary, it.Data, at)
		} else {
			q.record(it.Data, at)
		}
		return q.failed
	})
	if err != nil {
		return err
	}
	if whole, why := d.bounds.whole(); !whole {
		r.Open = append(r.Open, f.Name+": "+why)
	}
	if q.broken.count > 0 {
		r.Partial = append(r.Partial, fmt.Sprintf("%s: %d records cannot be decoded; the first: %s", f.Name, q.broken.count, q.broken.first))
	}
	switch {
	case r.Summaries > summaries:
	case r.Details > details:
		r.Partial = append(r.Partial, f.Name+": holds connection detail (SMF 119 subtype 11) and no summary record (subtype 12), of which queries are made")
	default:
		r.Partial = append(r.Partial, f.Name+": holds no zERT summary record (SMF 119 subtype 12)")
	}
	q.endSets()
	return nil
}

// record takes one record that is not that of an interval, or not sound.
func (q *querier) record(rec []byte, at place) {
	if len(rec) < smf.Header || smf.Type(rec) != recordType {
		return
	}
	switch smf.Subtype(rec) {
	case subtypeSummary:
	case subtypeDetail:
		q.result.Details++
		return
	default:
		return
	}
	q.result.Summaries++
	when, ok := q.clock.Read(rec)
	if !ok {
		q.broken.add(at, "its header is not that of an SMF record")
		return
	}
	v := &q.view
	if err := v.open(rec); err != nil {
		q.broken.add(at, err.Error())
		return
	}
	if v.common[saEventType] == eventDisabled && q.within(when) {
		if sys := q.system(smf.SystemID(rec), at); sys != nil {
			q.stacks[q.stackOf(sys, v)].mark(when, "zERT aggregation was disabled")
		}
	}
}

// system returns the system of a record, nil when there are too many.
func (q *querier) system(sid [4]byte, at place) *system {
	sys := q.systemOf(sid)
	if sys == nil {
		q.broken.add(at, fmt.Sprintf("it names one system more than the %d that are accepted", maxSystems))
	}
	return sys
}

// within reports whether a time lies between the bounds of the query.
func (q *querier) within(when smf.Hundredths) bool { return q.from <= when && when < q.to }

// interval takes what was taken out of an interval record.
func (q *querier) interval(r *summary, rec []byte, at place) {
	q.result.Summaries++
	if q.system(r.sid, at) == nil || !q.within(r.when) {
		return
	}
	h := q.known.find(r.key)
	if h == nil {
		if q.known.full() {
			q.known.clear()
			q.forgot = true
		}
		h = q.known.add(r.key, q.look(rec))
	}
	st := q.stacks[h.stack]
	st.intervals.add(r.from, r.when)
	st.set(r.reason, r.when)
	if h.values == nil {
		return
	}
	if h.later(r.when, r.life) && !q.forgot {
		q.repeat.note(r.fingerprint)
	} else if q.repeat.seen(r.fingerprint) {
		q.result.Repeated++
		return
	}
	q.result.Matched++
	g := q.groupOf(h, r.when)
	g.counters.add(&r.counters)
	if r.bad {
		g.uncounted++
	}
	g.intervals++
	if g.first == 0 || r.when < g.first {
		g.first = r.when
	}
	g.last = max(g.last, r.when)
}

// look decodes the session of a record and decides about it.
func (q *querier) look(rec []byte) hit {
	var s session
	_ = q.view.open(rec) // what was taken apart is sound
	q.decode(&s, &q.view, place{})
	h := hit{stack: s.stack, id: s.id}
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
		g = &queryGroup{values: values, sessions: map[uint64]struct{}{}}
		q.groups[string(q.key)] = g
	}
	g.sessions[h.id] = struct{}{}
	h.group, h.bucket = g, bucket
	if q.layout == "" {
		h.values = g.values // of which there are fewer
	}
	return g
}
