package rules

import (
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// coverage answers how far the parts of a system can be relied on, by walking
// up from a key instead of along every statement.
type coverage struct {
	parts []map[collect.Key]collect.Coverage
}

func coverageOf(parts []*collect.Part) *coverage {
	c := &coverage{}
	for _, p := range parts {
		m := make(map[collect.Key]collect.Coverage, len(p.Header.Coverage))
		for _, s := range p.Header.Coverage {
			m[s.Prefix] = s
		}
		c.parts = append(c.parts, m)
	}
	return c
}

var stateRank = map[collect.State]int{"": 0, collect.Complete: 1, collect.Open: 2, collect.Partial: 3}

// at returns the weakest statement that any part makes about key. When two
// parts speak for a key and one of them is damaged, what it lost is not known.
func (c *coverage) at(key collect.Key) collect.Coverage {
	var worst collect.Coverage
	for _, m := range c.parts {
		if s, ok := closest(m, key); ok && (stateRank[s.State] > stateRank[worst.State] || worst.Reason == "" && worst.State == s.State) {
			worst = s
		}
	}
	return worst
}

func closest(m map[collect.Key]collect.Coverage, key collect.Key) (collect.Coverage, bool) {
	for {
		if s, ok := m[key]; ok {
			return s, true
		}
		i := strings.LastIndexByte(string(key), '/')
		switch {
		case i >= 0:
			key = key[:i]
		case key != "":
			key = ""
		default:
			return collect.Coverage{}, false
		}
	}
}

// collection returns the weakest statement about the list of entities of a
// pattern: at its literal prefix, or between there and the entities.
func (c *coverage) collection(p *pattern) collect.Coverage {
	worst := c.at(p.prefix)
	for _, m := range c.parts {
		for prefix, s := range m {
			if prefix != p.prefix && prefix.Under(p.prefix) && p.above(prefix) &&
				(stateRank[s.State] > stateRank[worst.State] || s.State == worst.State && s.Prefix < worst.Prefix) {
				worst = s
			}
		}
	}
	return worst
}

// even reports whether every key below the literal prefix of a pattern has the
// coverage of that prefix, so that entities need not be looked at one by one.
func (c *coverage) even(p *pattern) bool {
	for _, m := range c.parts {
		for prefix := range m {
			if prefix.Under(p.prefix) && prefix != p.prefix {
				return false
			}
		}
	}
	return true
}

// about says in words what a statement means for absent keys.
func about(s collect.Coverage) string {
	switch s.State {
	case collect.Open:
		return because("nothing proves that the extract did not stop early", s.Reason)
	case collect.Partial:
		return because("the extract is incomplete", s.Reason)
	case collect.Complete:
		return "the extract is complete and does not report it"
	}
	return because("no extract covers it", s.Reason)
}

func because(text, reason string) string {
	if reason == "" {
		return text
	}
	return text + ": " + reason
}
