package rules

import (
	"fmt"
	"maps"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// How many passes and how many entities outside a check's reach are kept, for
// each check and system, as examples with evidence.
const (
	keptPasses        = 3
	keptNotApplicable = 3
)

// record counts a verdict and keeps it as a finding.
func (j *judge) record(c *groupCheck, sub *subject, v *verdict, missing []lack) {
	t := &j.tallies[c.number]
	keep := &j.findings
	before := j.before.judged(c.ID, sub.entity, v.result)
	switch v.result {
	case Pass:
		t.Pass++
		if t.Pass > keptPasses && !c.meta.Inventory {
			return
		}
		keep = &j.passes
	case Fail:
		t.Fail++
	case Review:
		t.Review++
	case NoData:
		t.NoData++
	case NotApplicable:
		if t.NotApplicable++; t.NotApplicable > keptNotApplicable {
			return
		}
	}
	f := j.newFinding(c, sub.entity, v.result)
	f.Messages, f.Before = v.messages, before
	if v.failed != "" {
		f.Reasons = []string{v.failed}
	}
	if v.broken {
		j.broke(c, v.failed)
	}
	for _, m := range missing {
		f.Missing, f.Reasons = append(f.Missing, m.key), append(f.Reasons, m.reason)
	}
	if f.Result == Fail || f.Result == Review {
		if f.Allowed = j.e.site.allowed(c.ID, f.Entity); f.Allowed == nil && c.meta.Exception == exceptionMitigated {
			f.Allowed = j.mitigated(c.check, f.Entity)
		}
		if f.Allowed == nil {
			f.Allowed = c.accepts(j.e.site, j.scope.Platform, sub)
		}
		if f.Allowed != nil {
			t.Allowed++
		}
	}
	j.evidence.add(f, c.check, sub, j)
	*keep = append(*keep, f)
}

// broke notes a rule that failed to evaluate.
func (j *judge) broke(c *groupCheck, why string) {
	j.errors[fmt.Sprintf("check %s (%s) on system %s: %s", c.ID, c.Package, j.scope.ID, why)] = true
}

func (j *judge) newFinding(c *groupCheck, entity collect.Key, r Result) *Finding {
	return &Finding{
		ID: findingID(c.Pack, c.ID, j.scope.ID, string(entity)), Check: c.ID, System: j.scope.ID,
		Entity: entity, Result: r, Severity: j.scope.severity(c.check),
	}
}

// result sorts what was found.
func (j *judge) result() *Assessment {
	j.lost()
	a := &Assessment{Packs: slices.Clone(j.e.infos), Checks: j.e.Checks(), Errors: slices.Sorted(maps.Keys(j.errors))}
	for _, g := range j.groups {
		for _, c := range g.checks {
			a.Tallies = append(a.Tallies, j.tallies[c.number])
		}
	}
	for _, f := range j.findings {
		a.Findings = append(a.Findings, *f)
	}
	for _, f := range j.passes {
		a.Passes = append(a.Passes, *f)
	}
	a.sort()
	return a
}
