package main

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

// toolPart is what the store knows about its own work on a system, for the
// checks on baselines and comparisons.
func (n *night) toolPart(sys *systemConfig, js *judgedSystem) *collect.Part {
	var expected []string
	for _, src := range sys.Sources {
		expected = append(expected, src.Source)
	}
	// Sources whose extract is partial or, being open, lacks what the baseline has.
	lacks := map[string]string{}
	for _, c := range js.changes {
		if c.Uncovered > 0 {
			lacks[c.Source] = "lacks what its baseline has"
		}
	}
	for i := range js.stats {
		if js.stats[i].Unproven() {
			lacks[js.stats[i].Source] = "may lack something"
		}
	}
	for _, p := range js.parts {
		if p.Header.State() == collect.Partial {
			lacks[p.Header.Source] = "is partial"
		}
	}
	unapproved := map[string]collect.Value{}
	for _, d := range js.stats {
		if d.Old == nil || d.New == nil {
			continue
		}
		c := d.Stats.Changes
		open := c[baseline.Added] + c[baseline.Removed] + c[baseline.Changed]
		unapproved[d.Source] = collect.Number(open)
		// Some changes are changes however little was read, but no change is
		// known only when nothing is missing.
		if why := lacks[d.Source]; open == 0 && why != "" {
			unapproved[d.Source] = collect.Unknown("the extract " + why + ", which may have changed")
		}
	}
	p := n.store.ToolFacts(sys.ID, expected, unapproved)
	p.Header.Coverage = append(p.Header.Coverage, agreement(expected, js.parts, lacks)...)
	return p
}

// agreement returns the coverage of tool/disagreement. Extracts that are missing
// or lack something cannot disagree with the others, which is not that all agree.
func agreement(expected []string, parts []*collect.Part, lacks map[string]string) []collect.Coverage {
	var lacking []string
	for _, source := range expected {
		switch {
		case !slices.ContainsFunc(parts, func(p *collect.Part) bool { return p.Header.Source == source }):
			lacking = append(lacking, source+" is missing")
		case lacks[source] != "":
			lacking = append(lacking, source+" "+lacks[source])
		}
	}
	if lacking == nil {
		return nil
	}
	slices.Sort(lacking)
	return []collect.Coverage{{Prefix: "tool/disagreement", State: collect.Partial, Reason: strings.Join(slices.Compact(lacking), ", ")}}
}
