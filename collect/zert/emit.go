package zert

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// emitter hands the services of one collection to the recorders.
type emitter struct {
	c     *collection
	namer namer
	files []*collect.File
	texts map[attribute]string

	byKind [kindCount][]collect.Member // scratch
	byName [nameKindCount][]collect.Member
	// entries of one service, which are handed on in the order of their keys:
	// sorting a few dozen here saves sorting all of them there.
	entries []collect.Entry
	members []collect.Member       // scratch
	rows    []row[attribute, seen] // scratch
}

func (c *collection) emit(ctx context.Context, files []*collect.File, ends []fileEnd, out *collect.Output) error {
	e := &emitter{c: c, files: files, namer: namer{unconfirmed: map[string]string{}, site: c.codes}, texts: map[attribute]string{}}
	state, reason := weakest(ends)

	all := slices.SortedFunc(maps.Values(c.systems), func(a, b *system) int { return cmp.Compare(a.name, b.name) })
	// A system of which the dump holds no zERT record, such as the one that
	// ran the dump, gets no part: its records are accounted for in the first.
	var speaking, silent []*system
	for _, s := range all {
		if s.zert > 0 {
			speaking = append(speaking, s)
		} else {
			silent = append(silent, s)
		}
	}
	if len(speaking) == 0 {
		speaking, silent = silent, nil
	}
	for i, s := range speaking {
		r := out.Part(s.name)
		s.account(r)
		if i == 0 {
			for _, other := range silent {
				other.account(r)
			}
			e.accountDamage(r, ends)
		}
		e.system(r, s, state, reason, i == 0)
		if err := e.entities(ctx, r, s); err != nil {
			return err
		}
	}
	for _, code := range slices.Sorted(maps.Keys(e.namer.unconfirmed)) {
		for _, s := range speaking {
			out.Part(s.name).Warn(files[0], 0, 0, "%s is probably %s; no published table that we could read names it, so the facts keep the number", code, e.namer.unconfirmed[code])
		}
	}
	return nil
}

// timeText writes a local time: with offset when the zone is known.
func (e *emitter) timeText(h smf.Hundredths) string {
	if loc := e.c.opts.Location; loc != nil {
		return h.In(loc).Format(time.RFC3339)
	}
	return h.In(time.UTC).Format("2006-01-02T15:04:05")
}

func (e *emitter) timeValue(h smf.Hundredths) collect.Value {
	switch loc := e.c.opts.Location; {
	case h == 0:
		return collect.Unknown("the records hold no time")
	case loc != nil:
		return collect.Time(h.In(loc))
	}
	return collect.LocalTime(h.In(time.UTC))
}

func (e *emitter) origin(s *seen) collect.Origin {
	o := collect.Origin{File: int(s.at.file), Pos: s.at.pos, Offset: s.at.offset, Count: s.count}
	if s.first != 0 {
		loc := e.c.opts.Location
		if loc == nil {
			loc = time.UTC // the reading of the clock; the header says which zone
		}
		o.First, o.Last = s.first.In(loc), s.last.In(loc)
	}
	return o
}

// entities records the stacks and services of a system in the order of their
// keys.
func (e *emitter) entities(ctx context.Context, r *collect.Recorder, s *system) error {
	for _, st := range e.c.stacks {
		if st.system == s {
			e.stack(r, st)
		}
	}
	stacks := slices.Clone(e.entries)
	slices.SortFunc(stacks, func(a, b collect.Entry) int { return cmp.Compare(a.Key, b.Key) })
	e.entries = e.entries[:0]

	type named struct {
		prefix string
		svc    *service
	}
	var services []named
	for i, svc := range e.c.services {
		if svc != nil && e.c.systems[svc.key.sid] == s {
			services = append(services, named{e.prefix(s, &svc.key) + "/", svc})
			e.c.services[i] = nil
		}
	}
	slices.SortFunc(services, func(a, b named) int { return cmp.Compare(a.prefix, b.prefix) })
	for i := range services {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for len(stacks) > 0 && string(stacks[0].Key) < services[i].prefix {
			if err := r.Add(stacks[0]); err != nil {
				return err
			}
			stacks = stacks[1:]
		}
		svc := services[i].svc
		services[i].svc = nil
		if svc.attributes.len() == 0 {
			svc.attributes.rows = e.rows[:0]
		}
		svc.settle(e.c.templates)
		if err := e.service(r, strings.TrimSuffix(services[i].prefix, "/"), svc); err != nil {
			return err
		}
		e.rows = svc.attributes.rows
	}
	for _, x := range stacks {
		if err := r.Add(x); err != nil {
			return err
		}
	}
	return nil
}
