package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/irondrift/irondrift/collect"
)

// This file holds the facts that come from the headers of the parts and from
// the configuration, not from keys.

// speakers calls yield for the parts that speak for keys at, above or below
// prefix.
func (s *scope) speakers(prefix collect.Key, yield func(*collect.Header)) {
	for _, p := range s.parts {
		for _, c := range p.Header.Coverage {
			if prefix.Under(c.Prefix) || c.Prefix.Under(prefix) {
				yield(&p.Header)
				break
			}
		}
	}
}

// foreign says why a system has not what a pattern names: RACF, when the
// configuration states that another security manager guards the system, or none;
// and what is judged elsewhere, when no extract of the system itself tells of it.
func (s *scope) foreign(p *pattern) string {
	for _, e := range s.Elsewhere {
		if !slices.ContainsFunc(e.Prefixes, func(k collect.Key) bool { return p.prefix.Under(k) }) {
			continue
		}
		own := false
		s.speakers(p.prefix, func(*collect.Header) { own = true })
		if !own {
			return e.Why
		}
	}
	esm, _ := s.Facts["esm"].(string)
	if p.prefix.Head(1) != "racf" && !p.prefix.Under("zvm/racf") || esm == "" || strings.EqualFold(esm, "racf") {
		return ""
	}
	return fmt.Sprintf("the configuration states that its security manager is %s: there is no RACF to judge", esm)
}

// gaps returns the gaps within the extracts that speak for prefix, as text.
func (s *scope) gaps(prefix collect.Key) []string {
	out := []string{}
	s.speakers(prefix, func(h *collect.Header) {
		for _, g := range h.Gaps {
			out = append(out, fmt.Sprintf("%s to %s: %s", g.Start, g.End, g.Reason))
		}
	})
	return out
}

// hours returns the length of the longest period that an extract about prefix
// holds; ok is false when none says.
func (s *scope) hours(prefix collect.Key) (longest float64, ok bool) {
	s.speakers(prefix, func(h *collect.Header) {
		if h.Period.From == collect.FromNowhere {
			return
		}
		start, err1 := parsePeriod(h.Period.Start)
		end, err2 := parsePeriod(h.Period.End)
		if err1 == nil && err2 == nil {
			longest, ok = max(longest, end.Sub(start).Hours()), true
		}
	})
	return longest, ok
}

// parsePeriod reads one end of a period, which has no offset when the zone is
// not known.
func parsePeriod(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04:05", text)
	}
	return t, err
}

// statedFacts returns the facts of a check that the configuration states about
// the system as a whole.
func (s *scope) statedFacts(c *check) [][2]*ast.Term {
	var out [][2]*ast.Term
	for _, f := range c.facts {
		value, ok := s.Facts[f.name]
		if !ok || f.capture != "" || engineFacts[f.name].meaning != "" {
			continue
		}
		if v, err := ast.InterfaceToValue(value); err == nil {
			out = append(out, [2]*ast.Term{ast.StringTerm(f.name), ast.NewTerm(v)})
		}
	}
	return out
}

// mitigated returns the entry of the register of services that accepts a
// finding of a check about an insecure service: one that says how the risk is
// kept down.
func (j *judge) mitigated(c *check, entity collect.Key) *Allow {
	m := c.pat.captures(entity)
	first, last, ok := portsOf(m)
	if !ok {
		return nil
	}
	system := m["system"]
	if system == "" {
		system = j.scope.ID
	}
	e := j.e.site.service(system, m["job"], m["role"], first, last)
	if e == nil || e.Mitigation == "" {
		return nil
	}
	return &Allow{Check: c.ID, Entity: string(entity), Reason: "register of services: " + e.Purpose, Mitigation: e.Mitigation, Expires: e.Expires}
}
