package ibmi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// An extract has a gap where nothing is known about a time although entries
// before and behind it are there. Two things show one:
//
//   - a silence, much longer than the entries lie apart on average. A system
//     may be quiet, so the gap says what it rests on;
//   - a journal receiver that is missing: the system numbers the receivers it
//     attaches, and one without an SK entry is rare. Sequence numbers show
//     nothing, because the entries of other types have the numbers between.

// quiet is the shortest silence that can be a gap, and quietEntries how many
// entries would have come in it on average.
const (
	quiet        = time.Hour
	quietEntries = 24
)

// maxGaps is how many gaps of each sort are listed.
const maxGaps = 50

// minutes are the minutes in which there were entries, whatever their order.
type minutes struct {
	days   map[int64]*[24]uint64 // by day, the minutes of each hour
	recent *[24]uint64
	minute int64 // of the last entry
	over   bool  // there are more days than are kept
}

// maxDays is how many days are kept: receivers are not kept for 30 years.
const maxDays = 30 * 366

const minuteMicros = 60_000_000

// see takes the time of an entry.
func (m *minutes) see(micros int64) {
	minute, _ := floor(micros, minuteMicros)
	if minute == m.minute && m.recent != nil {
		return
	}
	m.minute = minute
	day, of := floor(minute, 24*60)
	d := m.days[day]
	if d == nil {
		if len(m.days) == maxDays {
			m.over = true
			return
		}
		if m.days == nil {
			m.days = map[int64]*[24]uint64{}
		}
		d = new([24]uint64)
		m.days[day] = d
	}
	d[of/60] |= 1 << (of % 60)
	m.recent = d
}

// floor divides downwards, also before 1970, and returns the remainder.
func floor(n, by int64) (quotient, rest int64) {
	quotient, rest = n/by, n%by
	if rest < 0 {
		quotient, rest = quotient-1, rest+by
	}
	return quotient, rest
}

func (m *minutes) merge(o *minutes) {
	for day, hours := range o.days {
		mine := m.days[day]
		switch {
		case mine != nil:
			for h := range hours {
				mine[h] |= hours[h]
			}
		case len(m.days) == maxDays:
			m.over = true
		case m.days == nil:
			m.days = map[int64]*[24]uint64{day: hours}
		default:
			m.days[day] = hours
		}
	}
	m.over = m.over || o.over
}

// silences calls yield with the minute before and the minute behind every
// stretch of at least an hour without entries.
func (m *minutes) silences(yield func(from, to int64)) {
	last := int64(noTime)
	for _, day := range slices.Sorted(maps.Keys(m.days)) {
		for h, bits := range m.days[day] {
			for i := int64(0); bits != 0; i, bits = i+1, bits>>1 {
				if bits&1 == 0 {
					continue
				}
				minute := day*1440 + int64(h)*60 + i
				if last != noTime && minute-last > int64(quiet/time.Minute) {
					yield(last, minute)
				}
				last = minute
			}
		}
	}
}

// timeGaps returns the silences that are gaps. Without a zone an hour of each may
// be the one that the clock leaves out in spring.
func (w *partWriter) timeGaps() (gaps []collect.Gap) {
	s := w.system
	if s.first == noTime || s.minutes.over {
		return nil
	}
	average := time.Duration(s.last-s.first) * time.Microsecond / time.Duration(s.used)
	s.minutes.silences(func(from, to int64) {
		// From the end of one minute to the begin of the other.
		start, end := (from+1)*minuteMicros, to*minuteMicros
		silence := wallTime(end, w.opts.Location).Sub(wallTime(start, w.opts.Location))
		if w.opts.Location == nil {
			silence -= time.Hour
		}
		if silence < quiet || silence/quietEntries < average {
			return
		}
		gaps = append(gaps, collect.Gap{Start: w.clockText(start), End: w.clockText(end), Reason: fmt.Sprintf(
			"no entry, although on average there is one every %s: the system was quiet or down, auditing was off, or the extract lacks them", round(average))})
	})
	return gaps
}

// round makes a duration short to read.
func round(d time.Duration) time.Duration {
	switch {
	case d >= time.Minute:
		return d.Round(time.Second)
	case d >= time.Second:
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}

// receiver is what was seen of a journal receiver.
type receiver struct {
	first, last     int64 // times, noTime when no entry has one
	lowest, highest uint64
}

// maxReceivers is how many receivers are kept: DSPJRN stops at 2045.
const maxReceivers = 4096

func (r *receiver) see(e *entry) {
	if e.time != noTime {
		if r.first == noTime || e.time < r.first {
			r.first = e.time
		}
		r.last = max(r.last, e.time)
	}
	if e.sequence != 0 {
		if r.lowest == 0 || e.sequence < r.lowest {
			r.lowest = e.sequence
		}
		r.highest = max(r.highest, e.sequence)
	}
}

func (r *receiver) merge(o *receiver) {
	if r.first == noTime || o.first != noTime && o.first < r.first {
		r.first = o.first
	}
	r.last = max(r.last, o.last)
	if r.lowest == 0 || o.lowest != 0 && o.lowest < r.lowest {
		r.lowest = o.lowest
	}
	r.highest = max(r.highest, o.highest)
}

// link is a receiver by the parts of its name: AUDRCV0412 is number 412 of
// AUDRCV with four digits.
type link struct {
	*receiver
	name, prefix string
	digits       int
	number       int64
}

// chain returns the receivers whose names end with a number, in the order in
// which they were attached.
func (s *system) chain() (chain []link) {
	for name, r := range s.receivers {
		prefix := strings.TrimRight(name, "0123456789")
		digits := name[len(prefix):]
		number, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || r.first == noTime {
			continue
		}
		chain = append(chain, link{r, name, prefix, len(digits), number})
	}
	slices.SortFunc(chain, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.prefix, b.prefix), cmp.Compare(a.digits, b.digits),
			cmp.Compare(a.first, b.first), cmp.Compare(a.number, b.number))
	})
	return chain
}

// receiverGaps returns the gaps between receivers, and warns of sequence numbers
// that start again.
func (w *partWriter) receiverGaps() (gaps []collect.Gap) {
	chain := w.system.chain()
	for i := 1; i < len(chain); i++ {
		a, b := chain[i-1], chain[i]
		if a.prefix != b.prefix || a.digits != b.digits {
			continue
		}
		name := func(n int64) string { return fmt.Sprintf("%s%0*d", a.prefix, a.digits, n) }
		var missing []string
		for n := a.number + 1; n < b.number && len(missing) < 2; n++ {
			if w.system.receivers[name(n)] == nil {
				missing = append(missing, name(n))
			}
		}
		if len(missing) > 0 {
			what := "receiver " + missing[0]
			if len(missing) > 1 {
				what = fmt.Sprintf("receivers between %s and %s", a.name, b.name)
			}
			gaps = append(gaps, collect.Gap{Start: w.clockText(a.last), End: w.clockText(max(a.last, b.first)),
				Reason: "no entry of journal " + what + ": it was not in the range of the extract, was deleted, or holds no SK entry"})
		}
		if b.number == a.number+1 && b.lowest != 0 && b.lowest <= a.highest {
			w.rec.Warn(w.file, 0, 0, "sequence numbers start again with journal receiver %s: they were reset, or the receivers are of two journals", b.name)
		}
	}
	return gaps
}

// gaps puts the gaps into the header.
func (w *partWriter) gaps() {
	for _, gaps := range [][]collect.Gap{w.timeGaps(), w.receiverGaps()} {
		for i, g := range gaps {
			if i == maxGaps {
				w.rec.Warn(w.file, 0, 0, "%d more gaps like %q", len(gaps)-maxGaps, gaps[0].Reason)
				break
			}
			w.rec.Gap(g)
		}
	}
}
