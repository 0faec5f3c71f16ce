package rules

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Judge says what the packs say about one system, given all its parts: those
// of its sources and, for tool/..., those the program makes about itself. It
// reads the facts once, holds one entity of each pattern at a time, and reads
// the provenance of what the findings rest on.
//
// An error means that evidence could not be read. A rule that breaks is no
// error: it gives NO_DATA and a line in [Assessment.Errors].
func (e *Engine) Judge(ctx context.Context, sys System, parts []*collect.Part) (*Assessment, error) {
	return e.JudgeAfter(ctx, sys, parts, nil)
}

// JudgeAfter is Judge for a night that lacks data which earlier ones had. What
// the earlier evidence failed, or left to a person, and tonight's does not tell,
// is NO_DATA and says what it was in [Finding.Before]; the roll-up gives a
// requirement no better status than it had with it.
func (e *Engine) JudgeAfter(ctx context.Context, sys System, parts []*collect.Part, earlier []Earlier) (*Assessment, error) {
	j, err := e.newJudge(sys, parts)
	if err != nil {
		return nil, err
	}
	j.before = recollect(earlier)
	if err := j.readAbsolute(ctx); err != nil {
		return nil, err
	}
	if err := j.matchDeclared(ctx); err != nil {
		return nil, fmt.Errorf("judge system %s: %w", sys.ID, err)
	}
	if err := j.compareViews(ctx); err != nil {
		return nil, fmt.Errorf("judge system %s: %w", sys.ID, err)
	}
	if err := mergeForms(ctx, parts, func(f *fact) error {
		j.disagree(f)
		j.before.saw(f.key)
		return j.fact(ctx, f)
	}); err != nil {
		return nil, fmt.Errorf("judge system %s: %w", sys.ID, err)
	}
	if err := j.finish(ctx); err != nil {
		return nil, fmt.Errorf("judge system %s: %w", sys.ID, err)
	}
	j.recall()
	if err := j.evidence.locate(ctx); err != nil {
		return nil, fmt.Errorf("judge system %s: %w", sys.ID, err)
	}
	return j.result(), nil
}

// judge is the state of judging one system.
type judge struct {
	e        *Engine
	scope    *scope
	parts    []*collect.Part
	coverage *coverage
	groups   []*group
	tallies  []Tally // by index in e.checks
	absolute map[string]*slot
	findings []*Finding
	passes   []*Finding
	errors   map[string]bool
	evidence evidenceList
	disputed []disputed
	before   *recollection // nil when nothing was known earlier
	memo     []byte        // scratch
}

func (e *Engine) newJudge(sys System, parts []*collect.Part) (*judge, error) {
	taken := ""
	for _, p := range parts {
		taken = max(taken, p.Header.Period.End)
	}
	s, err := e.scopeOf(sys, taken)
	if err != nil {
		return nil, err
	}
	s.parts = parts
	j := &judge{
		e: e, scope: s, parts: parts, coverage: coverageOf(parts), tallies: make([]Tally, len(e.checks)),
		absolute: map[string]*slot{}, errors: map[string]bool{},
	}
	j.evidence = evidenceList{system: sys.ID, parts: parts}
	for i, c := range e.checks {
		j.tallies[i] = Tally{Check: c.ID, System: sys.ID}
		if slices.Contains(c.meta.Platforms, sys.Platform) {
			j.join(i, c)
		}
	}
	for _, g := range j.groups {
		g.slots = make([]slot, len(g.names))
		g.state, g.even = j.coverage.collection(&g.pat), j.coverage.even(&g.pat)
	}
	return j, nil
}

// join adds a check to the group of its entity pattern.
func (j *judge) join(number int, c *boundCheck) {
	i := slices.IndexFunc(j.groups, func(g *group) bool { return g.pat.text == c.pat.text })
	if i < 0 {
		i = len(j.groups)
		j.groups = append(j.groups, &group{pat: c.pat, index: map[string]int{}, joined: map[collect.Key][]slot{}})
	}
	g := j.groups[i]
	gc := groupCheck{boundCheck: c, number: number}
	if len(j.e.site.Services) == 0 && (slices.Contains(c.meta.Facts.Required, "approved") || slices.Contains(c.meta.Facts.Required, "register")) {
		gc.lacks = noRegister
	}
	if slices.Contains(c.meta.Facts.Required, "in_force") {
		if file, listing := j.policyParts(); len(file) == 0 {
			gc.lacks = noFile
		} else if len(listing) == 0 {
			gc.lacks = noListing
		}
	}
	for _, f := range c.facts {
		if from, lacks, yes := needsMatching(f.name); yes && f.required {
			gc.lacks = lacks
			j.scope.speakers(from, func(*collect.Header) { gc.lacks = "" })
			other := &policyPattern
			if from == "zert" {
				other = &servicePattern
			}
			if state := j.coverage.collection(other); state.State == collect.Partial {
				gc.doubt = about(state)
			}
		}
	}
	for n := range c.keys {
		k := &c.keys[n]
		if k.absolute {
			gc.slots = append(gc.slots, -1)
			j.absolute[k.key()] = &slot{}
			continue
		}
		at := slices.Index(g.names, k.key())
		if at < 0 {
			at = len(g.names)
			g.names = append(g.names, k.key())
			if k.many {
				g.wild = append(g.wild, wildSlot{k, at})
			} else {
				g.index[k.key()] = at
			}
		}
		gc.slots = append(gc.slots, at)
	}
	g.checks = append(g.checks, gc)
}

// readAbsolute reads the keys that checks name in full. They may sort behind
// the entities that need them, so they take a pass of their own.
func (j *judge) readAbsolute(ctx context.Context) error {
	if len(j.absolute) == 0 {
		return nil
	}
	return mergeForms(ctx, j.parts, func(f *fact) error {
		if s := j.absolute[string(f.key)]; s != nil {
			s.seen, s.form = true, bytes.Clone(f.form)
			s.at = reading{f.part, f.others, f.forms}
		}
		return nil
	})
}

// fact takes the next key in order.
func (j *judge) fact(ctx context.Context, f *fact) error {
	for _, g := range j.groups {
		if g.open && bytes.HasPrefix(f.key, g.prefix) {
			g.add(f.key[len(g.prefix):], f)
			continue
		}
		if g.open {
			if err := j.close(ctx, g); err != nil {
				return err
			}
		}
		if n := len(g.pat.prefix); len(f.key) <= n || string(f.key[:n]) != string(g.pat.prefix) {
			continue
		}
		n, ok := g.pat.head(f.key)
		if !ok {
			continue
		}
		g.open = true
		g.prefix = append(g.prefix[:0], f.key[:n+1]...)
		g.add(f.key[n+1:], f)
	}
	return nil
}

// close judges the entity that has been read.
func (j *judge) close(ctx context.Context, g *group) error {
	g.open = false
	if g.pat.join >= 0 {
		return nil
	}
	err := j.judgeEntity(ctx, g, collect.Key(g.prefix[:len(g.prefix)-1]), g.slots)
	g.arena = g.arena[:0]
	clear(g.slots)
	return err
}

// unread is what an entity knows of the keys that speak about the list.
var unread slot

func (j *judge) judgeEntity(ctx context.Context, g *group, entity collect.Key, slots []slot) error {
	g.entities++
	for i := range g.checks {
		c := &g.checks[i]
		if c.lacks != "" {
			continue
		}
		sub := &c.scratch
		sub.entity = entity
		if sub.slots == nil {
			sub.slots = make([]*slot, len(c.slots))
		}
		for n, at := range c.slots {
			switch {
			case c.keys[n].list:
				sub.slots[n] = &unread
			case at < 0:
				sub.slots[n] = j.absolute[c.keys[n].key()]
			default:
				sub.slots[n] = &slots[at]
			}
		}
		v, missing, err := j.verdict(ctx, c.boundCheck, sub)
		if err != nil {
			return err
		}
		if c.doubt != "" && (v.result == Pass || v.result == NotApplicable) {
			// What was lost could have been the rule, or the session, that decides.
			v = &verdict{result: NoData, failed: c.doubt}
		}
		if v.result == Pass {
			if reason := j.undermined(g, c, sub); reason != "" {
				v = &verdict{result: NoData, failed: reason}
			}
		}
		j.record(c, sub, v, missing)
	}
	return nil
}

// verdict asks the rule, unless something that it needs is missing.
func (j *judge) verdict(ctx context.Context, c *boundCheck, sub *subject) (*verdict, []lack, error) {
	var missing []lack
	for i := range c.keys {
		k, s := &c.keys[i], sub.slots[i]
		switch {
		case s.seen && slices.Contains(k.noData, string(s.form)):
			missing = append(missing, lack{j.keyOf(c.check, k, sub.entity), "the extract says only: " + string(s.form)})
		case !k.required || s.seen && !s.unknown():
		case s.seen:
			missing = append(missing, lack{j.keyOf(c.check, k, sub.entity), "unknown: " + string(s.form[1:])})
		default:
			key := j.keyOf(c.check, k, sub.entity)
			missing = append(missing, lack{key, "missing: " + about(j.coverage.at(key))})
		}
	}
	if missing != nil {
		return &verdict{result: NoData}, missing, nil
	}
	memo := append(j.memo[:0], j.scope.memo...)
	facts, memo, lacking, err := j.e.factTerms(c, j.scope, sub, memo)
	if err != nil {
		return nil, nil, err
	}
	if lacking != nil {
		reasons := make([]string, len(lacking))
		for i, f := range lacking {
			reasons[i] = "the fact " + f.name + " is missing: " + f.reason
		}
		return &verdict{result: NoData, failed: strings.Join(reasons, "; ")}, nil, nil
	}
	memo = c.memoKey(memo, sub)
	j.memo = memo
	v, err := c.ask(ctx, j.scope, sub, facts, memo)
	return v, nil, err
}

// lack is a required key that cannot be told, and why.
type lack struct {
	key    collect.Key
	reason string
}

// keyOf returns the key of a declared value of an entity.
func (j *judge) keyOf(c *check, k *keyPattern, entity collect.Key) collect.Key {
	if k.absolute {
		return collect.Key(k.key())
	}
	if c.pat.join >= 0 {
		return c.pat.rejoin(entity, k.key())
	}
	return entity + "/" + collect.Key(k.key())
}

// undermined says why a pass cannot be relied on: the evidence behind it is
// partial, or may have stopped before something that the rule would have read.
func (j *judge) undermined(g *group, c *groupCheck, sub *subject) string {
	for i := range c.keys {
		k := &c.keys[i]
		if k.list {
			continue
		}
		state := g.state
		if k.absolute || !g.even {
			state = j.coverage.at(j.keyOf(c.check, k, sub.entity))
		}
		// Open coverage of a list does not touch the entities that were read:
		// each of them is whole, but for the last one and for what is gathered
		// from records all over the extract. Of one block of options the rest may
		// be missing.
		lost := state.State == collect.Open &&
			(k.observed || state.Through != "" && sub.entity.Under(state.Through) ||
				!sub.slots[i].seen && (k.absolute || g.pat.single() || state.Prefix.Under(sub.entity)))
		if state.State == collect.Partial || lost {
			return about(state)
		}
	}
	return ""
}

// finish judges what is still open, joined entities, and the lists themselves.
func (j *judge) finish(ctx context.Context) error {
	for _, g := range j.groups {
		if g.open {
			if err := j.close(ctx, g); err != nil {
				return err
			}
		}
		for _, id := range slices.Sorted(maps.Keys(g.joined)) {
			if err := j.judgeEntity(ctx, g, id, g.joined[id]); err != nil {
				return err
			}
		}
		if g.pat.prefix == disagreement {
			if err := j.judgeDisputed(ctx, g); err != nil {
				return err
			}
		}
		if g.pat.single() {
			// Every system has it, so that it is absent is itself missing data.
			if g.entities == 0 {
				if why := j.scope.foreign(&g.pat); why != "" {
					for i := range g.checks {
						j.recordList(&g.checks[i], g.checks[i].absent(j), NotApplicable, []string{why})
					}
					continue
				}
				if err := j.judgeEntity(ctx, g, g.pat.prefix, make([]slot, len(g.names))); err != nil {
					return err
				}
			}
			continue
		}
		for i := range g.checks {
			if err := j.list(ctx, g, &g.checks[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
