package reports

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/rules"
)

// Status is what the evidence says about a requirement. The findings In Place,
// Not in Place, Not Applicable and Not Tested belong to the assessor; package
// rules has the words of the tool and decides which of them applies.
type Status = rules.Status

// meaning says in one sentence what leads to a status.
func meaning(s Status) string {
	switch s {
	case rules.IndicatesNotInPlace:
		return "At least one check that rests on the standard or on the site's hardening standard failed, tonight or when there was data last, and no unexpired exception accepts it."
	case rules.JudgementNeeded:
		return "No such failure, but a result that a person must judge, a failure that an exception accepts, a failure of advice only, or data for some checks and not for others."
	case rules.SupportsInPlace:
		return "At least one check passed, none failed and none lacked data. The evidence covers a part of the requirement; the remaining testing is the assessor's."
	case rules.NoEvidence:
		return "Checks exist, but the data they need was not collected, not complete or not readable. This says nothing for or against the requirement."
	case rules.OutsideThisTool:
		return "No check of the packs used speaks to this requirement. It has to be assessed by other means."
	}
	return ""
}

// slug names a status where a word without blanks is needed.
func slug(s Status) string {
	switch s {
	case rules.IndicatesNotInPlace:
		return "not-in-place"
	case rules.JudgementNeeded:
		return "judgement"
	case rules.SupportsInPlace:
		return "supports"
	case rules.NoEvidence:
		return "no-evidence"
	}
	return "outside"
}

// Requirement is one number of the standard with what the evidence says about
// it. Package rules rolls up; reports prints.
type Requirement struct {
	Number    string // "8.3.10", "A1.2.3"
	Title     string // our words: the text of the standard is not ours to print
	Effective string // date from which it is mandatory, empty when carried over
	AppliesTo string // "all", "SP", "multi-tenant SP"
	Milestone string // of the prioritised approach
	Note      string

	Status Status
	Why    string   // one sentence: which results led to the status
	Checks []string // Check.ID of the checks that speak to it
	// Limits says what the evidence cannot show; what the checks say and
	// Limits does not is added. Remaining is the testing left to the assessor.
	Limits    []string
	Remaining []string
	// Systems holds the status on each system, when it was rolled up so.
	Systems []SystemStatus
}

// SystemStatus is the status of a requirement on one system.
type SystemStatus struct {
	System string
	Status Status
	Why    string
}

// evidenceFor returns the register references that the results of a
// requirement's checks rest on.
func (p *page) evidenceFor(q *Requirement) []string {
	var lists [][]rules.Evidence
	for _, id := range q.Checks {
		for _, f := range p.findings[id] {
			lists = append(lists, f.Evidence)
		}
	}
	return p.refsOf(lists...)
}

// limitsOf returns what the evidence for a requirement cannot show: what is
// said of the requirement, then what its checks say and is not said yet.
func (p *page) limitsOf(q *Requirement) []string {
	var limits []string
	for _, s := range q.Limits {
		if s = strings.TrimSpace(s); s != "" && !strings.HasSuffix(s, ":") && !slices.Contains(limits, s) {
			limits = append(limits, s)
		}
	}
	for _, id := range q.Checks {
		s := strings.TrimSpace(p.check(id).Limits)
		said := func(l string) bool { return strings.HasSuffix(l, s) }
		if s != "" && !slices.ContainsFunc(limits, said) {
			limits = append(limits, id+": "+s)
		}
	}
	return limits
}
