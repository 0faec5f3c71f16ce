package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
	"github.com/irondrift/irondrift/rules"
)

// judged is what the rules are told about a system. A domain and its members
// share the work: what the domain's sources speak for is judged there, once, and
// what every member's sources speak for at the members.
func (c *config) judged(s *systemConfig) rules.System {
	out := rules.System{ID: s.ID, Platform: s.Platform, Tags: s.Tags, Facts: s.Facts}
	for i := range c.Systems {
		if d := &c.Systems[i]; d.ID != s.ID && slices.Contains(d.Members, s.ID) {
			out.Elsewhere = append(out.Elsewhere, rules.Elsewhere{Why: "it is judged once for all members of " + d.ID, Prefixes: d.prefixes()})
		}
	}
	if len(s.Members) > 0 {
		out.Elsewhere = append(out.Elsewhere, rules.Elsewhere{
			Why: fmt.Sprintf("it is judged for each member: %s", strings.Join(s.Members, ", ")), Prefixes: c.ofEveryMember(s),
		})
	}
	return out
}

// ofEveryMember returns the prefixes that the sources of every member of a
// domain speak for; none when a member is not configured as a system.
func (c *config) ofEveryMember(d *systemConfig) []collect.Key {
	var all []collect.Key
	for i, name := range d.Members {
		m := c.system(name)
		if m == nil || m == d {
			return nil
		}
		own := m.prefixes()
		if i == 0 {
			all = own
		}
		all = slices.DeleteFunc(all, func(k collect.Key) bool { return !slices.Contains(own, k) })
	}
	return all
}

// prefixes are what the sources of a system may speak for. A whole namespace, as
// COMPEXTR has it for keys that a site maps, promises nothing about any one key.
func (s *systemConfig) prefixes() []collect.Key {
	var out []collect.Key
	for _, src := range s.Sources {
		known, ok := sources.Lookup(src.Source)
		if !ok {
			continue
		}
		for _, p := range known.Info().Prefixes {
			if len(p.Segments()) > 1 {
				out = append(out, p)
			}
		}
	}
	return out
}
