package rules

import (
	"context"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// list records what is to be said about the list of entities of a check as a
// whole: that there is nothing to judge, which is never a pass, or that there
// may be more than was read.
func (j *judge) list(ctx context.Context, g *group, c *groupCheck) error {
	sub := c.absent(j)
	if g.entities == 0 {
		if reason := j.scope.foreign(&g.pat); reason != "" {
			j.recordList(c, sub, NotApplicable, []string{reason})
			return nil
		}
	}
	var why []string
	switch {
	case g.entities == 0 && g.state.State != collect.Complete:
		why = append(why, "no "+g.pat.text+" was read: "+about(g.state))
	case g.state.State == collect.Open || g.state.State == collect.Partial:
		why = append(why, "the list of "+g.pat.text+" may be incomplete: "+about(g.state))
	}
	if c.lacks != "" && g.entities > 0 {
		why = append(why, c.lacks)
	}
	if c.incomplete != nil {
		v, err := c.askIncomplete(ctx, j.scope, sub, j.scope.statedFacts(c.check))
		if err != nil {
			return err
		}
		if v.broken {
			j.broke(c, v.failed)
			v.messages = []string{v.failed}
		}
		why = append(why, v.messages...)
	}
	switch {
	case len(why) > 0:
		j.recordList(c, sub, NoData, why)
	case g.entities == 0:
		j.recordList(c, sub, NotApplicable, []string{"the extract is complete and holds no " + g.pat.text})
	}
	return nil
}

// absent is the subject of a check without an entity: it has the absolute keys
// only.
func (c *groupCheck) absent(j *judge) *subject {
	sub := &subject{entity: c.pat.prefix, slots: make([]*slot, len(c.slots))}
	for n, at := range c.slots {
		if sub.slots[n] = (&slot{}); at < 0 {
			sub.slots[n] = j.absolute[c.keys[n].key()]
		}
	}
	return sub
}

// recordList records a finding about the list of entities. It cites the
// absolute keys that the check reads, else the extracts that hold the list.
func (j *judge) recordList(c *groupCheck, sub *subject, r Result, why []string) {
	f := j.newFinding(c, c.pat.prefix, r)
	f.Before = j.before.judged(c.ID, c.pat.prefix, r)
	if r == NoData {
		f.Reasons = slices.Compact(why)
		j.tallies[c.number].NoData++
	} else {
		f.Messages = why
		j.tallies[c.number].NotApplicable++
	}
	j.evidence.add(f, c.check, sub, j)
	j.findings = append(j.findings, f)
}
