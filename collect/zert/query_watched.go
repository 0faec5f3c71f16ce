package zert

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Watched says of which times the summary records of one stack speak. Times are
// those of the system's local clock.
type Watched struct {
	System, Stack string
	Releases      []string // of Communications Server
	From, To      time.Time
	// Gaps are times within of which no record, or only part of a set of
	// records, speaks.
	Gaps []Unwatched
	// Unfinished: the records of the last interval say that more follow, which
	// the dumps do not hold.
	Unfinished bool
}

// Unwatched is a time without evidence, and what is known about the reason.
type Unwatched struct {
	From, To time.Time
	Why      string
}

// endSets notes which stacks a dump leaves within a set of records: another dump
// may go on with it, and need not be the next.
func (q *querier) endSets() {
	for _, st := range q.stacks {
		if st.open {
			q.unfinished[st] = append(q.unfinished[st], st.setEnd)
			st.open = false
		}
	}
}

// watched says what all dumps say of each stack.
func (q *querier) watched(loc *time.Location) []Watched {
	var out []Watched
	for _, k := range q.stacks {
		page := q.page
		w := Watched{System: k.system.name, Stack: page.String(k.key.stack[:])}
		for i := range k.release.rows {
			if text := page.String(k.release.rows[i].key[:]); text != "" {
				w.Releases = append(w.Releases, text)
			}
		}
		slices.Sort(w.Releases)
		var whole span
		for _, s := range k.intervals.spans {
			whole.add(s.from, s.to)
		}
		if whole.to == 0 {
			continue // events only
		}
		w.From, w.To = whole.from.In(time.UTC), whole.to.In(time.UTC)
		gap := func(s span, why string) {
			w.Gaps = append(w.Gaps, Unwatched{s.from.In(time.UTC), s.to.In(time.UTC), why})
		}
		for _, g := range k.intervals.clockGaps(loc) {
			gap(g, "no summary record: "+k.why(g))
		}
		for _, s := range k.incomplete {
			gap(s, "the set of records has no last one: sessions of that interval are missing")
		}
		if k.intervals.many {
			gap(whole, "its intervals are scattered over too many stretches of time to tell gaps")
		}
		slices.SortFunc(w.Gaps, func(a, b Unwatched) int { return a.From.Compare(b.From) })
		// A dump that ends within a set is continued by the next one.
		for _, end := range q.unfinished[k] {
			w.Unfinished = w.Unfinished || end+tolerance >= whole.to
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Watched) int {
		return cmp.Or(strings.Compare(a.System, b.System), strings.Compare(a.Stack, b.Stack))
	})
	return out
}
