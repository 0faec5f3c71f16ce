package zert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// stack records what is known of a TCP/IP stack as such.
func (e *emitter) stack(r *collect.Recorder, st *stack) {
	name := e.c.page.String(st.key.stack[:])
	prefix := "zert/" + segment(st.system.name) + "/" + segment(name) + "/"
	for _, set := range []struct {
		key  string
		from *table[[8]byte, seen]
	}{{"sysname", &st.sysname}, {"sysplex", &st.sysplex}, {"release", &st.release}} {
		e.names8(prefix+set.key, set.from, "the records do not say")
	}
	at := e.origin(&st.sysname.rows[0].val)
	put := func(key string, texts []string, seen []seen) {
		var members []collect.Member
		for i := range texts {
			if s := &seen[i]; s.count > 0 {
				members = append(members, collect.Member{Text: texts[i], At: e.origin(s)})
			}
		}
		if len(members) > 0 {
			at = members[0].At
		}
		e.add(collect.SetEntry(collect.Key(prefix+key), at, members))
	}
	onOff := []string{"enabled", "disabled"}
	put("aggregation", onOff, st.events[:])
	put("discovery", onOff, st.discovery[:])
	put("monitoring", monitorings[:], st.monitoring[:])
	put("lifecycle", []string{"started", "stopped", "abended"}, st.lifecycle[:])
	for i, set := range st.profile {
		if set.members == nil {
			continue
		}
		var members []collect.Member
		for text, s := range set.members {
			members = append(members, collect.Member{Text: text, At: e.origin(s)})
		}
		e.add(collect.SetEntry(collect.Key(prefix+"profile/"+profileStatements[i]), e.origin(&set.at), members))
	}
	e.gaps(r, st, segment(name))
}

// gaps states the times of which the records of a stack do not speak.
func (e *emitter) gaps(r *collect.Recorder, st *stack, name string) {
	for _, g := range st.intervals.clockGaps(e.c.opts.Location) {
		r.Gap(collect.Gap{Start: e.timeText(g.from), End: e.timeText(g.to),
			Reason: fmt.Sprintf("no zERT summary record of stack %s: %s", name, st.why(g))})
	}
	if off := st.offAtEnd(); off != nil && st.system.latest > off.when {
		r.Gap(collect.Gap{Start: e.timeText(off.when), End: e.timeText(st.system.latest),
			Reason: fmt.Sprintf("stack %s was not watched to the end: %s", name, off.what)})
	}
	for _, s := range st.incomplete {
		r.Gap(collect.Gap{Start: e.timeText(s.from), End: e.timeText(s.to),
			Reason: fmt.Sprintf("the set of summary records that stack %s wrote then has no last record: sessions of that interval are missing", name)})
	}
	if st.intervals.many {
		r.Warn(e.files[0], 0, 0, "the intervals of stack %s are scattered over more than %d stretches of time; gaps are not reported", name, maxSpans)
	}
	if st.manyMarks {
		r.Warn(e.files[0], 0, 0, "stack %s has more than %d events; gaps behind those may lack their reason", name, maxMarks)
	}
	if st.open {
		r.Warn(e.files[st.last.file], st.last.pos, st.last.offset, "the last interval of stack %s is not finished: its records say that more follow; the next dump has them", name)
	}
}

// why says what is known about the reason of a gap.
func (st *stack) why(g span) string {
	var known []string
	for _, m := range st.marks {
		if m.when >= g.from-tolerance && m.when <= g.to+tolerance && !slices.Contains(known, m.what) {
			known = append(known, m.what)
		}
	}
	if len(known) > 0 {
		return strings.Join(known, ", ")
	}
	return "nothing was active, or aggregation or its recording was off"
}

// offAtEnd returns the event that ended the watching, when nothing began it again.
func (st *stack) offAtEnd() *mark {
	var off *mark
	for i := range st.marks {
		m := &st.marks[i]
		switch ends := strings.HasSuffix(m.what, "disabled") || strings.HasSuffix(m.what, "stopped") || strings.HasSuffix(m.what, "abnormally"); {
		case off != nil && m.when < off.when:
		case ends:
			off = m
		case off != nil:
			off = nil
		}
	}
	for _, s := range st.intervals.spans {
		if off != nil && s.to > off.when+tolerance {
			return nil
		}
	}
	return off
}
