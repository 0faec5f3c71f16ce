package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Status is what the evidence says about a requirement. The words are chosen so
// that they are not the assessor's: irondrift never says In Place.
type Status string

// The statuses of a requirement, from the one that needs action soonest.
const (
	IndicatesNotInPlace Status = "indicates Not in Place"
	JudgementNeeded     Status = "assessor judgement needed"
	NoEvidence          Status = "no evidence collected"
	SupportsInPlace     Status = "supports In Place (partial)"
	OutsideThisTool     Status = "outside this tool"
)

// Statuses lists every status in the order of the constants.
var Statuses = []Status{IndicatesNotInPlace, JudgementNeeded, NoEvidence, SupportsInPlace, OutsideThisTool}

// RollupRules are the rules of [Rollup] in the words to print in a report.
var RollupRules = []string{
	"A FAIL of a check that rests on the standard or on the site's hardening standard, without an accepted, unexpired exception, indicates Not in Place.",
	"Otherwise a REVIEW, an accepted FAIL, a FAIL of a check that is only our advice, or data for some checks but not for all, needs the assessor's judgement.",
	"Otherwise at least one PASS, with data for every check, supports In Place (partial): the testing procedures that remain are the assessor's. Advice alone never does, and without data for it the assessor judges, as when it fails.",
	"Only NO_DATA means no evidence collected.",
	"Where data got lost, what the check said of it last stands: no requirement has a better status without the data than with it. The night on which there was data is named.",
	"NOT_APPLICABLE carries a reason and the data that shows it; an assessor confirms it.",
	"An accepted exception never turns FAIL into PASS.",
	"Requirements that no check speaks to are listed as outside this tool.",
}

// Counts are results under one requirement.
type Counts struct {
	Pass, Fail, Review, NoData, NotApplicable int64
	// Accepted of Fail have an accepted, unexpired exception; Advice of Fail
	// are of checks that are only our opinion.
	Accepted, Advice int64
	// advicePass of Pass are of such checks too.
	advicePass int64
}

// RequirementStatus is one line of the roll-up.
type RequirementStatus struct {
	StandardRequirement
	Standard string
	Status   Status
	Why      string // the counts in words
	Checks   []string
	Counts   Counts
	Systems  []SystemStatus // sorted by system
	// Limits is what the evidence cannot show, one line for each check.
	Limits []string
}

// SystemStatus is the status of a requirement on one system.
type SystemStatus struct {
	System string
	Status Status
	Why    string // the counts in words
	Counts Counts
}

// rolled is what is counted under a requirement: what was found tonight, and what
// that would be with the data that got lost.
type rolled struct {
	now, then Counts
	lost      []Lost
}

func (r *rolled) add(s rolled) {
	r.now.add(s.now)
	r.then.add(s.then)
	r.lost = append(r.lost, s.lost...)
}

// status is the worse of the two: what is lost may improve nothing.
func (r *rolled) status() Status {
	now, then := r.now.status(), r.then.status()
	if slices.Index(Statuses, then) < slices.Index(Statuses, now) {
		return then
	}
	return now
}

func (r *rolled) why() string {
	text := r.now.String()
	if lost := lostWords(r.lost); lost != "" {
		text += "; " + lost
	}
	return text
}

// count returns what a tally adds to a requirement.
func (t *Tally) count(basis Basis) rolled {
	one := Counts{Pass: t.Pass, Fail: t.Fail, Review: t.Review, NoData: t.NoData, NotApplicable: t.NotApplicable}
	r := rolled{now: one, then: one, lost: t.Lost}
	for i, l := range t.Lost {
		if i == 0 {
			r.then.NoData = 0
		}
		r.then.add(Counts{Pass: l.Pass, Fail: l.Fail, Review: l.Review, NoData: l.NoData, NotApplicable: l.NotApplicable})
	}
	if basis == Advice {
		r.now.Advice, r.now.advicePass = r.now.Fail, r.now.Pass
		r.then.Advice, r.then.advicePass = r.then.Fail, r.then.Pass
	}
	return r
}

// Rollup says for every requirement of a standard what an assessment indicates,
// in the order of the standard. Accepted reports whether a finding has an
// accepted, unexpired exception beside the allow-list, such as a waiver; it may
// be nil.
func Rollup(c *Catalogue, a *Assessment, accepted func(*Finding) bool) []RequirementStatus {
	checks := map[string]*Check{}
	speak := map[string][]*Check{}
	for i := range a.Checks {
		k := &a.Checks[i]
		checks[k.ID] = k
		for _, n := range k.Requirements[c.Standard] {
			speak[n] = append(speak[n], k)
		}
	}
	bySystem := map[string]map[string]*rolled{} // requirement, system
	counts := func(number, system string) *rolled {
		if bySystem[number] == nil {
			bySystem[number] = map[string]*rolled{}
		}
		if bySystem[number][system] == nil {
			bySystem[number][system] = &rolled{}
		}
		return bySystem[number][system]
	}
	for _, t := range a.Tallies {
		k := checks[t.Check]
		if k == nil {
			continue
		}
		for _, n := range k.Requirements[c.Standard] {
			counts(n, t.System).add(t.count(k.Basis))
		}
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		k := checks[f.Check]
		if k == nil || k.Basis == Advice {
			continue
		}
		if f.Before != nil && f.Result == NoData {
			was := *f
			was.Result, was.Allowed = f.Before.Result, f.Before.Allowed
			f = &was
		}
		if f.Result != Fail || f.Allowed == nil && (accepted == nil || !accepted(f)) {
			continue
		}
		for _, n := range k.Requirements[c.Standard] {
			r := counts(n, f.System)
			r.then.Accepted++
			if f.Before == nil {
				r.now.Accepted++
			}
		}
	}
	var out []RequirementStatus
	for _, r := range c.rows {
		s := RequirementStatus{StandardRequirement: r, Standard: c.Standard}
		var all rolled
		for _, k := range speak[r.Number] {
			s.Checks = append(s.Checks, k.ID)
			s.Limits = append(s.Limits, k.ID+": "+k.Limits)
		}
		for _, system := range slices.Sorted(maps.Keys(bySystem[r.Number])) {
			n := bySystem[r.Number][system]
			all.add(*n)
			s.Systems = append(s.Systems, SystemStatus{System: system, Status: n.status(), Why: n.why(), Counts: n.now})
		}
		s.Counts, s.Status, s.Why = all.now, all.status(), all.why()
		switch {
		case s.Checks == nil:
			s.Status, s.Why = OutsideThisTool, "no check speaks to it"
		case s.Systems == nil:
			s.Why = "no system was assessed that its checks are for"
		}
		out = append(out, s)
	}
	return out
}

func (n *Counts) add(m Counts) {
	n.Pass += m.Pass
	n.Fail += m.Fail
	n.Review += m.Review
	n.NoData += m.NoData
	n.NotApplicable += m.NotApplicable
	n.Accepted += m.Accepted
	n.Advice += m.Advice
	n.advicePass += m.advicePass
}

// status applies [RollupRules] in their order.
func (n *Counts) status() Status {
	switch {
	case n.Fail > n.Accepted+n.Advice:
		return IndicatesNotInPlace
	case n.Review > 0 || n.Fail > 0:
		return JudgementNeeded
	case n.Pass > n.advicePass && n.NoData == 0:
		return SupportsInPlace
	case n.Pass > 0:
		return JudgementNeeded // some checks passed, some had nothing to go by
	case n.NoData > 0:
		return NoEvidence
	case n.NotApplicable > 0:
		return JudgementNeeded
	}
	return NoEvidence
}

func (n Counts) String() string {
	text := countWords(n)
	if n.Accepted > 0 {
		text += fmt.Sprintf("; %d FAIL with an accepted exception", n.Accepted)
	}
	if n.Advice > 0 {
		text += fmt.Sprintf("; %d FAIL of advice only", n.Advice)
	}
	return text
}

// countWords writes the results that there are.
func countWords(n Counts) string {
	var out []string
	for _, c := range []struct {
		n    int64
		word string
	}{{n.Fail, "FAIL"}, {n.Review, "REVIEW"}, {n.NoData, "NO_DATA"}, {n.Pass, "PASS"}, {n.NotApplicable, "NOT_APPLICABLE"}} {
		if c.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	return strings.Join(out, ", ")
}
