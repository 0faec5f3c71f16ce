package zert

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/irondrift/irondrift/collect"
)

// weakest returns the weakest state of all files: a system may have records in
// any of them.
func weakest(ends []fileEnd) (collect.State, string) {
	rank := map[collect.State]int{collect.Complete: 0, collect.Open: 1, collect.Partial: 2}
	state, reason := ends[0].state, ends[0].reason
	for _, e := range ends[1:] {
		if rank[e.state] > rank[state] {
			state, reason = e.state, e.reason
		}
	}
	return state, reason
}

// account counts the records of a system.
func (s *system) account(r *collect.Recorder) {
	r.Read(s.read)
	r.Used(s.used)
	r.Duplicate(s.repeated)
	r.Window(Window)
	for t, n := range s.types {
		if n > 0 {
			r.Ignored("SMF type "+strconv.Itoa(t), n)
		}
	}
	for st, n := range s.subtypes {
		r.Ignored("SMF type 119 subtype "+strconv.Itoa(int(st)), n)
	}
	for reason, n := range s.odd {
		r.Ignored(reason, n)
	}
	if s.broken.count > 0 {
		r.Ignored("damaged zERT record", s.broken.count)
	}
}

// accountDamage counts what belongs to no system.
func (e *emitter) accountDamage(r *collect.Recorder, ends []fileEnd) {
	lost := e.c.brokenParts.count
	for _, end := range ends {
		lost += end.lost
	}
	if lost > 0 {
		r.Read(lost)
		r.Ignored("cut or damaged record", lost)
	}
}

// system states what the part of a system speaks for.
func (e *emitter) system(r *collect.Recorder, s *system, state collect.State, reason string, first bool) {
	c, prefix := e.c, collect.Key("zert/"+segment(s.name))
	cover := collect.Coverage{Prefix: prefix, State: state, Reason: reason}
	if state == collect.Open {
		// Sessions of any service may have followed in what is not there, so
		// the entity at the end of the file is the whole system.
		cover.Through = prefix
	}
	r.Cover(cover)
	partial := func(format string, args ...any) {
		r.Cover(collect.Coverage{Prefix: prefix, State: collect.Partial, Reason: fmt.Sprintf(format, args...)})
	}
	if d := &c.brokenParts; d.count > 0 {
		e.warn(r, d, "%d records were passed over; the first: %s", d.count, d.first)
		partial("%d records do not begin with an SMF header, the first is record %d at offset %d", d.count, d.pos, d.off)
	}
	if d := &s.broken; d.count > 0 {
		e.warn(r, d, "%d zERT records cannot be decoded; the first: %s", d.count, d.first)
		partial("%d zERT records cannot be decoded, the first is record %d at offset %d: %s", d.count, d.pos, d.off, d.first)
	}
	if s.zert == 0 {
		partial("the dump holds no zERT record (SMF 119 subtype 12 or 11): GLOBALCONFIG ZERT AGGREGATION or SMFCONFIG TYPE119 ZERTSUMMARY is off, or the dump did not select TYPE(119(11,12))")
	}
	for _, reason := range slices.Sorted(maps.Keys(s.odd)) {
		r.Warn(e.files[0], 0, 0, "%d records hold %s, which this program does not know", s.odd[reason], reason)
	}
	if first && c.manyPending {
		r.Warn(e.files[0], 0, 0, "more than %d connections do not say which end is the server (records before z/OS 3.2 do not); the later ones were assigned by their port alone", maxPending)
	}
	if s.negative > 0 {
		r.Warn(e.files[0], 0, 0, "in %d records a counter is lower at the end of the interval than at its start; the metrics of those services are unknown", s.negative)
	}
	if first && c.oddNames > 0 {
		r.Warn(e.files[0], 0, 0, "%d certificate names have a type that this program does not know", c.oddNames)
	}
	if s.period.to != 0 {
		r.Period(collect.Period{Start: e.timeText(s.period.from), End: e.timeText(s.period.to), From: collect.FromRecords})
	}
	if loc := c.opts.Location; loc != nil {
		r.Clock(collect.Clock{Zone: loc.String(), From: collect.FromConfiguration})
	} else {
		// Header times are those of the system's local clock, and subtype 12
		// holds no other.
		r.Clock(collect.Clock{Zone: collect.ZoneUnknown, From: collect.FromRecords})
	}
}

func (e *emitter) warn(r *collect.Recorder, d *damage, format string, args ...any) {
	r.Warn(e.files[d.file], d.pos, d.off, format, args...)
}
