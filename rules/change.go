package rules

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

// Requirements of a change to a key that no check reads: change control and
// change detection.
var changeRequirements = []string{"6.5.1", "11.5.2"}

// JudgeChanges says what the changes of one system mean. Old and now are the
// parts that were compared. Each change is judged alone: the rules that read
// the key are asked about its entity as it was, and as it was with just this
// value new; so of several changes to one entity the one that matters is named.
// Changes come back in the order given.
func (e *Engine) JudgeChanges(ctx context.Context, sys System, old, now []*collect.Part, changes []baseline.Change) ([]JudgedChange, error) {
	c := changeJudge{changes: changes, affected: map[affectedEntity]bool{}}
	var err error
	if c.was, err = e.newJudge(sys, old); err != nil {
		return nil, err
	}
	if c.is, err = e.newJudge(sys, now); err != nil {
		return nil, err
	}
	c.readers = make([][]reader, len(changes))
	for i := range changes {
		c.find(i)
	}
	if c.before, c.keysBefore, err = c.was.gather(ctx, c.affected, changes); err != nil {
		return nil, fmt.Errorf("judge changes of system %s: %w", sys.ID, err)
	}
	if c.after, c.keysAfter, err = c.is.gather(ctx, c.affected, changes); err != nil {
		return nil, fmt.Errorf("judge changes of system %s: %w", sys.ID, err)
	}
	out := make([]JudgedChange, len(changes))
	for i := range changes {
		if out[i], err = c.judge(ctx, i); err != nil {
			return nil, err
		}
	}
	// Evidence is located once the slices that hold it are final.
	for i := range out {
		c.cite(&out[i])
	}
	for _, side := range []*judge{c.was, c.is} {
		if err := side.evidence.locate(ctx); err != nil {
			return nil, fmt.Errorf("judge changes of system %s: %w", sys.ID, err)
		}
	}
	return out, nil
}

// affectedEntity is an entity that a change touches, of one pattern.
type affectedEntity struct {
	group  int
	entity collect.Key
}

// reader is a check that reads a changed key, and which of its values it is.
type reader struct {
	affectedEntity
	check int // index in group.checks
	slot  int // index in group.slots; -1 for an absolute key
}

type changeJudge struct {
	was, is       *judge
	changes       []baseline.Change
	readers       [][]reader // by change
	affected      map[affectedEntity]bool
	before, after map[affectedEntity][]slot
	// Where the changed keys were read on either side.
	keysBefore, keysAfter map[collect.Key]slot
}

// find looks up which checks read the key of a change.
func (c *changeJudge) find(i int) {
	ch := &c.changes[i]
	for gi, g := range c.was.groups {
		n, below := g.pat.head([]byte(ch.Key))
		var at affectedEntity
		var rest string
		if below {
			at = affectedEntity{gi, ch.Key[:n]}
			rest = string(ch.Key[n+1:])
			if g.pat.join >= 0 {
				id, stood := g.pat.unjoin(string(at.entity))
				at.entity, rest = id, stood+"/"+rest
			}
		}
		for ci := range g.checks {
			gc := &g.checks[ci]
			for ki := range gc.keys {
				k := &gc.keys[ki]
				switch {
				case k.absolute && k.key() == string(ch.Key):
					c.readers[i] = append(c.readers[i], reader{affectedEntity{gi, ""}, ci, -1})
				case below && !k.absolute && k.matches(rest):
					c.readers[i] = append(c.readers[i], reader{at, ci, gc.slots[ki]})
					c.affected[at] = true
				case ch.Op == baseline.NotCollected && collect.Key(k.full).Under(ch.Key):
					c.readers[i] = append(c.readers[i], reader{affectedEntity{gi, ""}, ci, -1})
				}
			}
		}
	}
}

// gather reads the values of the affected entities from one side, and where the
// changed keys stand.
func (j *judge) gather(ctx context.Context, want map[affectedEntity]bool, changes []baseline.Change) (map[affectedEntity][]slot, map[collect.Key]slot, error) {
	entities, keys := map[affectedEntity][]slot{}, map[collect.Key]slot{}
	changed := make(map[string]bool, len(changes))
	for i := range changes {
		changed[string(changes[i].Key)] = true
	}
	if err := j.readAbsolute(ctx); err != nil {
		return nil, nil, err
	}
	if err := j.matchDeclared(ctx); err != nil {
		return nil, nil, err
	}
	if err := j.compareViews(ctx); err != nil {
		return nil, nil, err
	}
	err := mergeForms(ctx, j.parts, func(f *fact) error {
		if changed[string(f.key)] {
			keys[collect.Key(f.key)] = slot{seen: true, form: bytes.Clone(f.form), at: reading{f.part, f.others, f.forms}}
		}
		for gi, g := range j.groups {
			n := len(g.pat.prefix)
			if len(f.key) <= n || string(f.key[:n]) != string(g.pat.prefix) {
				continue
			}
			n, ok := g.pat.head(f.key)
			if !ok {
				continue
			}
			id, rest := collect.Key(f.key[:n]), string(f.key[n+1:])
			if g.pat.join >= 0 {
				joined, stood := g.pat.unjoin(string(id))
				id, rest = joined, stood+"/"+rest
			}
			at := affectedEntity{gi, id}
			if !want[at] {
				continue
			}
			slots := entities[at]
			if slots == nil {
				slots = make([]slot, len(g.names))
				entities[at] = slots
			}
			g.store(slots, rest, f)
		}
		return nil
	})
	return entities, keys, err
}

// judge says what one change means.
func (c *changeJudge) judge(ctx context.Context, i int) (JudgedChange, error) {
	ch := &c.changes[i]
	out := JudgedChange{Change: *ch, System: c.is.scope.ID, Direction: Neutral, Cause: c.cause(ch)}
	var why []string
	better, worse := false, false
	for _, r := range c.readers[i] {
		g := c.was.groups[r.group]
		gc := &g.checks[r.check]
		if !slices.Contains(out.Checks, gc.ID) {
			out.Checks = append(out.Checks, gc.ID)
			for _, numbers := range gc.Requirements {
				out.Requirements = append(out.Requirements, numbers...)
			}
		}
		if r.slot < 0 {
			continue
		}
		from, to, err := c.verdicts(ctx, r)
		if err != nil {
			return out, err
		}
		d := moved(from, to)
		if d == Neutral {
			continue
		}
		worse, better = worse || d == Weaker, better || d == Stronger
		why = append(why, movement(gc.ID, from, to))
		if s := c.is.scope.severity(gc.check); out.Severity == "" || slices.Index(severities, s) < slices.Index(severities, out.Severity) {
			out.Severity = s
		}
	}
	for _, row := range comparatorsFor(ch.Key) {
		if ch.Op == baseline.NotCollected || ch.Op == baseline.NotSeen {
			break
		}
		from, to := ch.Old, ch.New
		if (row.kind == "added" || row.kind == "removed") && ch.Class == collect.Setting && (from.IsAbsent() || to.IsAbsent()) {
			// The whole entity came or went: it did not gain or lose a member.
			// What it has is for the checks.
			continue
		}
		if ch.Class == collect.Observed && ch.Op == baseline.Changed {
			// A member that was not seen is not gone, so only what came counts.
			to = collect.Set(slices.Concat(from.Items(), to.Items())...)
		}
		d, text := row.compare(from, to)
		worse, better = worse || d == Weaker, better || d == Stronger
		if text != "" {
			why = append(why, text)
		}
	}
	switch {
	case worse:
		out.Direction = Weaker
	case better && ch.Op != baseline.NotSeen:
		out.Direction = Stronger
	}
	switch {
	case ch.Op == baseline.NotCollected:
		why = append(why, because("could not be compared", ch.Reason))
	case ch.Op == baseline.NotSeen:
		why = append(why, "was not seen; it may be idle")
	}
	if note := c.collectorNote(ch); note != "" {
		why = append(why, note)
	}
	out.Why = strings.Join(why, "; ")
	if out.Requirements == nil {
		out.Requirements = slices.Clone(changeRequirements)
	}
	slices.SortFunc(out.Requirements, CompareNumbers)
	out.Requirements = slices.Compact(out.Requirements)
	slices.SortFunc(out.Checks, compareNatural)
	return out, nil
}

// verdicts asks a check about an entity before and after one change. When the
// change alone makes no difference to the entity as it was, it is taken out of
// the entity as it is: of two changes that only together matter, both count.
// Either comparison stays on one side, with its facts and its time: what else
// changed on the system, such as an AT-TLS rule for a service, is not the doing
// of this key.
func (c *changeJudge) verdicts(ctx context.Context, r reader) (from, to *verdict, err error) {
	gc := &c.was.groups[r.group].checks[r.check]
	before, after := c.before[r.affectedEntity], c.after[r.affectedEntity]
	ask := func(j *judge, slots []slot) (*verdict, error) {
		if slots == nil {
			return nil, nil
		}
		sub := &subject{entity: r.entity, slots: make([]*slot, len(gc.slots))}
		for n, at := range gc.slots {
			switch {
			case gc.keys[n].list:
				sub.slots[n] = &unread
			case at < 0:
				sub.slots[n] = j.absolute[gc.keys[n].key()]
			default:
				sub.slots[n] = &slots[at]
			}
		}
		v, _, err := j.verdict(ctx, gc.boundCheck, sub)
		return v, err
	}
	if from, err = ask(c.was, before); err != nil {
		return nil, nil, err
	}
	if before == nil || after == nil {
		to, err = ask(c.is, after)
		return from, to, err
	}
	alone := slices.Clone(before)
	alone[r.slot] = after[r.slot]
	if to, err = ask(c.was, alone); err != nil || moved(from, to) != Neutral {
		return from, to, err
	}
	without := slices.Clone(after)
	without[r.slot] = before[r.slot]
	if from, err = ask(c.is, without); err != nil {
		return nil, nil, err
	}
	to, err = ask(c.is, after)
	return from, to, err
}

var resultRank = map[Result]int{Pass: 1, NotApplicable: 1, Review: 2, Fail: 3}

// moved compares two verdicts; nil means that the entity is not there. What
// cannot be judged on either side tells nothing.
func moved(from, to *verdict) Direction {
	a, b := 1, 1
	if from != nil {
		a = resultRank[from.result]
	}
	if to != nil {
		b = resultRank[to.result]
	}
	switch {
	case a == 0 || b == 0 || a == b:
		return Neutral
	case b > a:
		return Weaker
	}
	return Stronger
}

func movement(id string, from, to *verdict) string {
	switch {
	case from == nil:
		return because(fmt.Sprintf("%s gives %s for what is new", id, to.result), strings.Join(to.messages, "; "))
	case to == nil:
		return fmt.Sprintf("%s gave %s for what is gone", id, from.result)
	}
	return because(fmt.Sprintf("%s goes from %s to %s", id, from.result, to.result), strings.Join(to.messages, "; "))
}

// cause says what made the difference.
func (c *changeJudge) cause(ch *baseline.Change) Cause {
	if ch.Op == baseline.NotCollected {
		return CauseCoverage
	}
	was, is := headerOf(c.was.parts, ch.Source), headerOf(c.is.parts, ch.Source)
	if was != nil && is != nil && (was.Schema != is.Schema || was.Collector != is.Collector) {
		return CauseCollector
	}
	return CauseConfiguration
}

// collectorNote warns that the way of reading changed together with the value.
func (c *changeJudge) collectorNote(ch *baseline.Change) string {
	was, is := headerOf(c.was.parts, ch.Source), headerOf(c.is.parts, ch.Source)
	switch {
	case was == nil || is == nil || ch.Op == baseline.NotCollected:
	case was.Schema != is.Schema:
		return fmt.Sprintf("the key schema went from version %d to %d, so confirm it on the system", was.Schema, is.Schema)
	case was.Collector != is.Collector:
		return fmt.Sprintf("the collector went from version %s to %s, so confirm it on the system", was.Collector, is.Collector)
	case was.Options != is.Options:
		return "the options or site tables of the collector changed too, so confirm it on the system"
	}
	return ""
}

func headerOf(parts []*collect.Part, source string) *collect.Header {
	for _, p := range parts {
		if p.Header.Source == source {
			return &p.Header
		}
	}
	return nil
}

// cite adds where the new value was read, or the old one of what is gone: in the
// extract whose change it is, when several hold the key.
func (c *changeJudge) cite(out *JudgedChange) {
	var side *judge
	var part int
	var form []byte
	for _, at := range []struct {
		side *judge
		slot slot
	}{{c.is, c.keysAfter[out.Key]}, {c.was, c.keysBefore[out.Key]}} {
		if !at.slot.seen {
			continue
		}
		p, f, own := at.slot.of(out.Source, at.side.evidence.parts)
		if side == nil || own {
			side, part, form = at.side, p, f
		}
		if own {
			break
		}
	}
	if side == nil {
		return
	}
	out.Evidence = []Evidence{side.evidence.of(part, out.Key, form)}
	side.evidence.pending = append(side.evidence.pending, pendingEvidence{part, &out.Evidence[0]})
}

// of returns which part of a source holds the value of a slot, and what it says;
// that of another source, when own is false.
func (s *slot) of(source string, parts []*collect.Part) (part int, form []byte, own bool) {
	for i, part := range append([]int{s.at.part}, s.at.others...) {
		if parts[part].Header.Source != source {
			continue
		}
		if s.at.forms != nil {
			return part, s.at.forms[i], true
		}
		return part, s.form, true
	}
	return s.at.part, s.form, false
}
