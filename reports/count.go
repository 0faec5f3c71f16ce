package reports

import (
	"maps"
	"slices"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/rules"
)

// results lists the results in the order in which reports print them.
var results = []rules.Result{rules.Fail, rules.Review, rules.NoData, rules.NotApplicable, rules.Pass}

// counts counts results. Allowed ones are also counted as what they are.
type counts struct {
	Fail          int64 `json:"fail"`
	Review        int64 `json:"review"`
	NoData        int64 `json:"no_data"`
	NotApplicable int64 `json:"not_applicable"`
	Pass          int64 `json:"pass"`
	Allowed       int64 `json:"allowed"`
}

func (c *counts) add(t rules.Tally) {
	c.Fail += t.Fail
	c.Review += t.Review
	c.NoData += t.NoData
	c.NotApplicable += t.NotApplicable
	c.Pass += t.Pass
	c.Allowed += t.Allowed
}

func (c counts) of(r rules.Result) int64 {
	switch r {
	case rules.Fail:
		return c.Fail
	case rules.Review:
		return c.Review
	case rules.NoData:
		return c.NoData
	case rules.NotApplicable:
		return c.NotApplicable
	}
	return c.Pass
}

// total counts every result.
func (c counts) total() int64 { return c.Fail + c.Review + c.NoData + c.NotApplicable + c.Pass }

// count adds up the tallies of checks on a system; an empty system means all.
func (p *page) count(system string, checks ...string) counts {
	var c counts
	for _, id := range checks {
		for _, t := range p.tallies[id] {
			if system == "" || t.System == system {
				c.add(t)
			}
		}
	}
	return c
}

// countAll adds up the tallies of all checks on a system.
func (p *page) countAll(system string) counts {
	var c counts
	for _, t := range p.Assessment.Tallies {
		if system == "" || t.System == system {
			c.add(t)
		}
	}
	return c
}

// bySeverity counts the findings of a system with one result by severity, in
// the order of severities, with those of an unknown severity last. Passes are
// not all findings, so it is not for them.
func (p *page) bySeverity(system string, result rules.Result) []int64 {
	n := make([]int64, len(severities)+1)
	for i := range p.Assessment.Findings {
		if f := &p.Assessment.Findings[i]; f.System == system && f.Result == result {
			n[severityRank(p.severity(f))]++
		}
	}
	return n
}

// severity is that of the finding, which may be raised on some systems, else
// that of its check.
func (p *page) severity(f *rules.Finding) string {
	if f.Severity != "" {
		return f.Severity
	}
	return p.check(f.Check).Severity
}

// sortedKeys returns the keys of m in order.
func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// changeCounts counts the changes of a system, of all systems when it is empty.
type changeCounts struct {
	Weaker       int64 `json:"weaker"`
	Stronger     int64 `json:"stronger"`
	Neutral      int64 `json:"neutral"`
	NotSeen      int64 `json:"not_seen"`
	NotCollected int64 `json:"not_collected_keys"`
	Lost         int64 `json:"lost_keys"` // of NotCollected: the baseline knows them
	Suppressed   int64 `json:"suppressed"`
}

// NotKnown counts the values that neither the baseline nor tonight's evidence
// tells.
func (c changeCounts) NotKnown() int64 { return c.NotCollected - c.Lost }

func (p *page) countChanges(system string) changeCounts {
	var n changeCounts
	for i := range p.Changes {
		c := &p.Changes[i]
		if system != "" && c.System != system {
			continue
		}
		switch {
		case c.Op == baseline.NotSeen:
			n.NotSeen++
		case c.Op == baseline.NotCollected:
			n.NotCollected += c.Keys
			n.Lost += c.Lost
		case c.Direction == rules.Weaker:
			n.Weaker++
		case c.Direction == rules.Stronger:
			n.Stronger++
		default:
			n.Neutral++
		}
	}
	for _, s := range p.Suppressed {
		if system == "" || s.System == system {
			n.Suppressed += s.Count
		}
	}
	return n
}

// differences counts the changes that are differences from the baseline.
func (c changeCounts) differences() int64 { return c.Weaker + c.Stronger + c.Neutral }

// statusCount says how many requirements have a status.
type statusCount struct {
	Status Status `json:"status"`
	Count  int64  `json:"count"`
}

func (p *page) countStatuses() []statusCount {
	list := make([]statusCount, 0, len(rules.Statuses))
	for _, s := range rules.Statuses {
		list = append(list, statusCount{Status: s})
	}
	for _, q := range p.Requirements {
		list[slices.Index(rules.Statuses, q.Status)].Count++
	}
	return list
}

// silentSystems counts systems without a single part.
func (p *page) silentSystems() int64 {
	var n int64
	for i := range p.Systems {
		if len(p.Systems[i].Parts) == 0 {
			n++
		}
	}
	return n
}
