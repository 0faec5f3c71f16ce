package zert

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect/internal/smf"
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

// watched brings together what several dumps say of each stack.
func watched(queriers []*querier, loc *time.Location) []Watched {
	type known struct {
		stack
		open []smf.Hundredths // ends of dumps that stop within a set
	}
	var order []stackKey
	all := map[stackKey]*known{}
	for _, q := range queriers {
		for _, st := range q.stacks {
			k := all[st.key]
			if k == nil {
				k = &known{stack: stack{key: st.key, system: st.system}}
				all[st.key] = k
				order = append(order, st.key)
			}
			for _, s := range st.intervals.spans {
				k.intervals.add(s.from, s.to)
			}
			k.intervals.many = k.intervals.many || st.intervals.many
			k.marks = append(k.marks, st.marks...)
			k.incomplete = append(k.incomplete, st.incomplete...)
			for i := range st.release.rows {
				add(&k.release, st.release.rows[i].key, &st.release.rows[i].val)
			}
			if st.open {
				k.open = append(k.open, st.setEnd)
			}
		}
	}
	var out []Watched
	for _, key := range order {
		k := all[key]
		page := queriers[0].page
		w := Watched{System: k.system.name, Stack: page.String(key.stack[:])}
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
		for _, end := range k.open {
			w.Unfinished = w.Unfinished || end+tolerance >= whole.to
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Watched) int {
		return cmp.Or(strings.Compare(a.System, b.System), strings.Compare(a.Stack, b.Stack))
	})
	return out
}
