package reports

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// page is a report made ready for printing: a sorted and, when asked for,
// redacted copy with the look-ups that every format needs. The maps are only
// looked into, never walked.
type page struct {
	Report
	redacted bool
	register []Artefact

	checks  map[string]*rules.Check
	systems map[string]*System
	refs    map[artefactID]string
	peers   map[serviceID]*Peers
	tallies map[string][]rules.Tally // of a check, by system
	// findings holds findings, then passes, of a check.
	findings map[string][]*rules.Finding
}

func newPage(r *Report, opts Options) (*page, error) {
	p := &page{Report: *r}
	for i := range r.Requirements {
		if q := &r.Requirements[i]; !slices.Contains(rules.Statuses, q.Status) {
			return nil, fmt.Errorf("report: requirement %q has the status %q, which is not one of the tool's words", q.Number, q.Status)
		}
	}
	if opts.Redact {
		red, err := newRedactor(r, opts.RedactKey)
		if err != nil {
			return nil, err
		}
		p.Report = red.report(r)
		p.redacted = true
	}
	if p.Title == "" {
		p.Title = "Security configuration: change and compliance report"
	}
	if p.StandardName == "" {
		p.StandardName = p.Standard
	}
	p.Generated = p.Generated.UTC().Truncate(time.Second)
	p.sort()
	if p.ID == "" {
		p.ID = p.digest()
	}

	p.checks = make(map[string]*rules.Check, len(p.Assessment.Checks))
	for i := range p.Assessment.Checks {
		p.checks[p.Assessment.Checks[i].ID] = &p.Assessment.Checks[i]
	}
	p.systems = make(map[string]*System, len(p.Systems))
	for i := range p.Systems {
		p.systems[p.Systems[i].ID] = &p.Systems[i]
	}
	p.tallies = make(map[string][]rules.Tally)
	for _, t := range p.Assessment.Tallies {
		p.tallies[t.Check] = append(p.tallies[t.Check], t)
	}
	p.findings = make(map[string][]*rules.Finding)
	for _, list := range [][]rules.Finding{p.Assessment.Findings, p.Assessment.Passes} {
		for i := range list {
			p.findings[list[i].Check] = append(p.findings[list[i].Check], &list[i])
		}
	}
	p.peers = make(map[serviceID]*Peers, len(p.Peers))
	for i := range p.Peers {
		if row := &p.Peers[i]; len(row.Peers) > 0 {
			p.peers[serviceID{row.System, row.Service}] = row
		}
	}
	p.register = p.Report.Register()
	p.refs = make(map[artefactID]string, len(p.register))
	for _, a := range p.register {
		p.refs[a.id()] = a.Ref
	}
	return p, nil
}

// sort puts everything in its order, on copies of what it moves.
func (p *page) sort() {
	p.Systems = sorted(p.Systems, func(a, b System) int { return cmp.Compare(a.ID, b.ID) })
	for i := range p.Systems {
		s := &p.Systems[i]
		s.Tags = sorted(s.Tags, strings.Compare)
		s.Members = sorted(s.Members, strings.Compare)
		s.Parts = sorted(s.Parts, func(a, b collect.Header) int {
			return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(a.Content, b.Content))
		})
	}
	p.Notices = sorted(p.Notices, func(a, b Notice) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	p.Changes = sorted(p.Changes, func(a, b rules.JudgedChange) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Op, b.Op),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.Reason, b.Reason))
	})
	for i := range p.Changes {
		c := &p.Changes[i]
		c.Requirements = sorted(c.Requirements, rules.CompareNumbers)
		c.Checks = sorted(c.Checks, rules.CompareNumbers)
		c.Evidence = sortedEvidence(c.Evidence)
	}
	p.Changes = foldIdle(foldMoves(foldSources(p.Changes)))
	p.Suppressed = sorted(p.Suppressed, func(a, b Suppression) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Pattern, b.Pattern), cmp.Compare(a.Reason, b.Reason))
	})
	p.Approvals = sorted(p.Approvals, func(a, b Approval) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.At, b.At))
	})
	p.Waivers = sorted(p.Waivers, func(a, b Waiver) int {
		return cmp.Or(cmp.Compare(a.Check, b.Check), cmp.Compare(a.System, b.System), cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.ID, b.ID))
	})
	p.Peers = sorted(p.Peers, func(a, b Peers) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Service, b.Service))
	})
	p.Inventory = *rules.CombineInventories(&p.Inventory) // sorts a copy
	p.Requirements = sorted(p.Requirements, func(a, b Requirement) int { return rules.CompareNumbers(a.Number, b.Number) })
	for i := range p.Requirements {
		q := &p.Requirements[i]
		q.Checks = sorted(q.Checks, rules.CompareNumbers)
		q.Systems = sorted(q.Systems, func(a, b SystemStatus) int { return cmp.Compare(a.System, b.System) })
	}
	a := &p.Assessment
	a.Packs = sorted(a.Packs, func(a, b rules.PackInfo) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Digest, b.Digest))
	})
	a.Checks = sorted(a.Checks, func(a, b rules.Check) int {
		return cmp.Or(rules.CompareNumbers(a.ID, b.ID), cmp.Compare(a.Pack, b.Pack))
	})
	a.Findings = sorted(a.Findings, compareFindings)
	a.Passes = sorted(a.Passes, compareFindings)
	for _, list := range [][]rules.Finding{a.Findings, a.Passes} {
		for i := range list {
			list[i].Evidence = sortedEvidence(list[i].Evidence)
			if b := list[i].Before; b != nil {
				c := *b
				c.Evidence = sortedEvidence(c.Evidence)
				list[i].Before = &c
			}
		}
	}
	a.Tallies = sorted(a.Tallies, func(a, b rules.Tally) int {
		return cmp.Or(cmp.Compare(a.Check, b.Check), cmp.Compare(a.System, b.System))
	})
}

func sorted[T any](list []T, compare func(a, b T) int) []T {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, compare)
	return list
}

func sortedEvidence(list []rules.Evidence) []rules.Evidence {
	return sorted(list, func(a, b rules.Evidence) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Ref, b.Ref))
	})
}

func compareFindings(a, b rules.Finding) int {
	return cmp.Or(cmp.Compare(a.System, b.System), rules.CompareNumbers(a.Check, b.Check), cmp.Compare(a.Entity, b.Entity),
		cmp.Compare(a.Result, b.Result), cmp.Compare(a.ID, b.ID))
}

// digest names the report by what it rests on: time, period, parts, packs,
// ledger.
func (p *page) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %s %q %q %q\n", p.Organisation, p.Generated.Format(time.RFC3339), p.Period.Start, p.Period.End, p.Ledger.Head)
	for _, s := range p.Systems {
		for _, part := range s.Parts {
			fmt.Fprintf(h, "%q %q %q\n", part.System, part.Source, part.Content)
		}
	}
	for _, k := range p.Assessment.Packs {
		fmt.Fprintf(h, "%q %q\n", k.Name, k.Digest)
	}
	return fmt.Sprintf("IR-%X", h.Sum(nil)[:5])
}

// check returns the metadata of a check; of one that no pack describes, only
// its id.
func (p *page) check(id string) *rules.Check {
	if c := p.checks[id]; c != nil {
		return c
	}
	return &rules.Check{ID: id}
}

// requirementsOf returns the numbers a check speaks to in the standard of the
// report.
func (p *page) requirementsOf(c *rules.Check) []string {
	return sorted(c.Requirements[p.Standard], rules.CompareNumbers)
}

// systemName is the id of a system with its name, when it has one.
func (p *page) systemName(id string) string {
	if s := p.systems[id]; s != nil && s.Name != "" && s.Name != id {
		return id + " (" + s.Name + ")"
	}
	return id
}

// baselineOf returns the approval on which the baseline of a part rests.
func (p *page) baselineOf(system, source string) *Approval {
	for i := range p.Approvals {
		if a := &p.Approvals[i]; a.Current && a.System == system && a.Source == source {
			return a
		}
	}
	return nil
}

// drift reports whether a change is a difference from the baseline and not a
// notice about what was not seen or could not be compared.
func drift(c *rules.JudgedChange) bool {
	return c.Op != baseline.NotSeen && c.Op != baseline.NotCollected
}

var directions = []rules.Direction{rules.Weaker, rules.Stronger, rules.Neutral}

// byDirection returns the differences of a system, weaker ones first, worst
// severity first.
func (p *page) byDirection(system string) []*rules.JudgedChange {
	var list []*rules.JudgedChange
	for i := range p.Changes {
		if c := &p.Changes[i]; c.System == system && drift(c) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *rules.JudgedChange) int {
		return cmp.Or(
			cmp.Compare(directionRank(a.Direction), directionRank(b.Direction)),
			cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)))
	})
	return list
}

func directionRank(d rules.Direction) int {
	if i := slices.Index(directions, d); i >= 0 {
		return i
	}
	return len(directions)
}

// withOp returns the changes of a system with one op.
func (p *page) withOp(system string, op baseline.Op) []*rules.JudgedChange {
	var list []*rules.JudgedChange
	for i := range p.Changes {
		if c := &p.Changes[i]; c.System == system && c.Op == op {
			list = append(list, c)
		}
	}
	return list
}

var severities = []string{"critical", "high", "medium", "low", "info"}

func severityRank(s string) int {
	if i := slices.Index(severities, s); i >= 0 {
		return i
	}
	return len(severities)
}

// errRedactKey asks for the key that pseudonyms are taken with.
var errRedactKey = errors.New("report: a redacted report needs a key of at least 16 bytes for its pseudonyms")
