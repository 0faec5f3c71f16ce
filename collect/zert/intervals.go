package zert

import (
	"cmp"
	"slices"
	"time"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// tolerance is how far apart the end of one interval and the start of the next
// may lie and still touch: the records of a large interval take a while to write.
const tolerance = 2 * 60 * 100 // hundredths of a second

// maxSpans bounds how many separate stretches of time are kept for one stack. A
// day of intervals that touch is one; only damaged times make more.
const maxSpans = 10_000

// span is a stretch of time; the zero span is empty.
type span struct{ from, to smf.Hundredths }

func (s *span) add(from, to smf.Hundredths) {
	if to == 0 {
		return
	}
	if s.to == 0 {
		*s = span{from, to}
		return
	}
	s.from, s.to = min(s.from, from), max(s.to, to)
}

// intervals are the stretches of time that the records of one stack speak of.
type intervals struct {
	spans   []span // in no order; may overlap until joined
	current int    // the one that grew last
	many    bool
}

// add notes one interval. Nearly always it lies in the stretch that grew last.
func (v *intervals) add(from, to smf.Hundredths) {
	if v.current < len(v.spans) {
		s := &v.spans[v.current]
		if from >= s.from && to <= s.to {
			return
		}
		if from <= s.to+tolerance && to >= s.from-tolerance {
			s.add(from, to)
			return
		}
	}
	for i := range v.spans {
		if s := &v.spans[i]; from <= s.to+tolerance && to >= s.from-tolerance {
			s.add(from, to)
			v.current = i
			return
		}
	}
	if len(v.spans) == maxSpans {
		v.many = true
		return
	}
	v.current = len(v.spans)
	v.spans = append(v.spans, span{from, to})
}

// gaps returns the stretches between the first and the last interval that no
// record speaks of, in order.
func (v *intervals) gaps() []span {
	if v.many {
		return nil
	}
	slices.SortFunc(v.spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out []span
	for i, s := range v.spans {
		if i == 0 {
			continue
		}
		p := &v.spans[i-1]
		if s.from > p.to+tolerance {
			out = append(out, span{p.to, s.from})
		}
		v.spans[i].to = max(s.to, p.to)
	}
	return out
}

// clockGaps returns the gaps without the hour that a clock skips in spring. When
// the zone is not known, a gap of one hour in the small hours of a Sunday is
// taken for that. The hour that is repeated in autumn makes no gap on the clock.
func (v *intervals) clockGaps(loc *time.Location) []span {
	const hour = 60 * 60 * 100
	return slices.DeleteFunc(v.gaps(), func(g span) bool {
		length := g.to - g.from
		if loc == nil {
			from := g.from.In(time.UTC)
			return from.Weekday() == time.Sunday && from.Hour() < 4 && length >= hour-tolerance && length <= hour+tolerance
		}
		// The end of the gap may be a reading that the clock never showed.
		_, before := g.from.In(loc).Zone()
		_, after := (g.to + hour).In(loc).Zone()
		return length-smf.Hundredths(after-before)*100 <= tolerance
	})
}
