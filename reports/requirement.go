package reports

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/rules"
)

// Status is what the evidence says about a requirement. The findings In Place,
// Not in Place, Not Applicable and Not Tested belong to the assessor; these are
// the words of the tool.
type Status string

// The statuses, in the order in which reports list them.
const (
	IndicatesNotInPlace Status = "indicates Not in Place"
	JudgementNeeded     Status = "assessor judgement needed"
	SupportsInPlace     Status = "supports In Place (partial)"
	NoEvidence          Status = "no evidence collected"
	OutsideTool         Status = "outside this tool"
)

// Statuses lists the statuses in the order in which reports print them.
func Statuses() []Status {
	return []Status{IndicatesNotInPlace, JudgementNeeded, SupportsInPlace, NoEvidence, OutsideTool}
}

// meaning says in one sentence what leads to a status. The rule that rolls
// results up must be visible in the report.
func (s Status) meaning() string {
	switch s {
	case IndicatesNotInPlace:
		return "At least one check that rests on the standard or on the site's configuration standard failed, and no unexpired exception accepts it."
	case JudgementNeeded:
		return "No such failure, but at least one result that a person must judge, or a failure that an exception accepts."
	case SupportsInPlace:
		return "At least one check passed, none failed and none lacked data. The evidence covers a part of the requirement; the remaining testing is listed."
	case NoEvidence:
		return "Checks exist, but the data they need was not collected, not complete or not readable. This says nothing for or against the requirement."
	case OutsideTool:
		return "No check of the packs used speaks to this requirement. It has to be assessed by other means."
	}
	return ""
}

// slug names a status where a word without blanks is needed.
func (s Status) slug() string {
	switch s {
	case IndicatesNotInPlace:
		return "not-in-place"
	case JudgementNeeded:
		return "judgement"
	case SupportsInPlace:
		return "supports"
	case NoEvidence:
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
	// Limits says what the evidence cannot show, Remaining which testing is
	// left to the assessor. The limits of the checks are added to Limits.
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
// said of the requirement, then what is said of its checks, each once.
func (p *page) limitsOf(q *Requirement) []string {
	var limits []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(limits, s) {
			limits = append(limits, s)
		}
	}
	for _, s := range q.Limits {
		add(s)
	}
	for _, id := range q.Checks {
		add(p.check(id).Limits)
	}
	return limits
}
