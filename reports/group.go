package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/rules"
)

// A check that fails for ten thousand users says one thing ten thousand times.
// htmlGroup says it once and lists the users.
type htmlGroup struct {
	System   string
	Result   rules.Result
	Severity string
	Messages []string
	Missing  []string // below the entity when there are several
	Reasons  []string
	Allowed  *rules.Allow
	Before   *rules.Before // what was found when there was data last
	Prefix   string        // what the entities begin with, shown once
	Entities []htmlEntity
	Refs     []string
	Facts    []htmlFact // of a small group: every fact with its value
	Peers    []*Peers   // of a small group: who used the services
}

type htmlFact struct {
	*rules.Evidence
	Part string // reference of the register row
}

type htmlEntity struct{ Name, Place string }

// htmlCheck is a check with its findings in groups.
type htmlCheck struct {
	*rules.Check
	Counts  counts
	Numbers []string
	Groups  []*htmlGroup
	Passes  []*htmlGroup // examples
	Open    bool
}

// Groups up to fewEntities show every fact they rest on; larger ones show where
// each entity was read. Groups up to openEntities are shown open.
const (
	fewEntities  = 3
	openEntities = 24
)

// Long reports whether the entities are folded away.
func (g *htmlGroup) Long() bool { return len(g.Entities) > openEntities }

func (p *page) htmlCheck(c *rules.Check) htmlCheck {
	v := htmlCheck{Check: c, Counts: p.count("", c.ID), Numbers: p.requirementsOf(c)}
	var findings, passes []*rules.Finding
	for _, f := range p.findings[c.ID] {
		if f.Result == rules.Pass {
			passes = append(passes, f)
		} else {
			findings = append(findings, f)
		}
	}
	v.Groups, v.Passes = p.group(findings), p.group(passes)
	v.Open = v.Counts.Fail > 0 || slices.ContainsFunc(findings, func(f *rules.Finding) bool { return failedBefore(f) })
	return v
}

// group puts findings that say the same of different entities together. It
// keeps the order of first appearance, failures before the rest.
func (p *page) group(findings []*rules.Finding) []*htmlGroup {
	var groups []*htmlGroup
	byText := map[string]*htmlGroup{}
	for _, f := range findings {
		id := groupText(f)
		g := byText[id]
		if g == nil {
			g = &htmlGroup{
				System: f.System, Result: f.Result, Severity: p.severity(f), Messages: f.Messages,
				Reasons: f.Reasons, Allowed: f.Allowed, Before: f.Before,
			}
			for _, k := range f.Missing {
				g.Missing = append(g.Missing, string(k))
			}
			byText[id] = g
			groups = append(groups, g)
		}
		e := htmlEntity{Name: string(f.Entity)}
		if len(f.Evidence) > 0 {
			e.Place = evidencePlace(&f.Evidence[0])
		}
		g.Entities = append(g.Entities, e)
		for _, service := range servicesOf(f) {
			if peers := p.peersOf(f.System, service); peers != nil && len(g.Entities) <= fewEntities {
				g.Peers = append(g.Peers, peers)
			}
		}
		evidence := f.Evidence
		if f.Before != nil {
			evidence = slices.Concat(f.Before.Evidence, evidence)
		}
		for i := range evidence {
			ref := p.ref(&evidence[i])
			g.Refs = append(g.Refs, ref)
			if len(g.Entities) <= fewEntities {
				g.Facts = append(g.Facts, htmlFact{&evidence[i], ref})
			}
		}
	}
	for _, g := range groups {
		if len(g.Entities) > fewEntities {
			g.Facts, g.Peers = nil, nil
		}
		if len(g.Entities) > 1 {
			for i := range g.Missing {
				g.Missing[i] = strings.TrimPrefix(g.Missing[i], g.Entities[0].Name+"/")
			}
		}
		slices.Sort(g.Refs)
		g.Refs = slices.Compact(g.Refs)
		g.Prefix = commonPrefix(g.Entities)
		for i := range g.Entities {
			g.Entities[i].Name = strings.TrimPrefix(g.Entities[i].Name, g.Prefix)
		}
	}
	slices.SortStableFunc(groups, func(a, b *htmlGroup) int {
		return slices.Index(results, a.Result) - slices.Index(results, b.Result)
	})
	return groups
}

// groupText is the same for findings that differ in their entity only.
func groupText(f *rules.Finding) string {
	var b strings.Builder
	write := func(s string) { b.WriteString(s); b.WriteByte(0) }
	write(f.System)
	write(string(f.Result))
	write(f.Severity)
	for _, m := range f.Messages {
		write(m)
	}
	for _, k := range f.Missing {
		// The key of another entity of the same kind is missing in the same way.
		write(strings.TrimPrefix(string(k), string(f.Entity)))
	}
	for _, r := range f.Reasons {
		write(r)
	}
	allowed := f.Allowed
	if b := f.Before; b != nil {
		write(b.String())
		for _, m := range b.Messages {
			write(m)
		}
		allowed = cmp.Or(allowed, b.Allowed)
	}
	if allowed != nil {
		write(allowed.Reason)
		write(allowed.Mitigation)
		write(allowed.Expires)
	}
	return b.String()
}

// commonPrefix returns what all entities begin with, up to and with a "/".
func commonPrefix(entities []htmlEntity) string {
	if len(entities) < 2 {
		return ""
	}
	prefix := entities[0].Name
	for _, e := range entities[1:] {
		for !strings.HasPrefix(e.Name, prefix) {
			i := strings.LastIndexByte(strings.TrimSuffix(prefix, "/"), '/')
			if i < 0 {
				return ""
			}
			prefix = prefix[:i+1]
		}
	}
	return prefix[:strings.LastIndexByte(prefix, '/')+1]
}
