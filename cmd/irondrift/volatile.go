package main

import (
	"slices"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect/compextr"
)

// never is the day on which a rule of the program's own expires.
const never = "9999-12-31"

// ignored are the ignore rules for a system: the site's, and behind them those
// for keys of COMPEXTR that change every night.
func (c *config) ignored(s *systemConfig) []baseline.IgnoreRule {
	if !slices.ContainsFunc(s.Sources, func(src sourceConfig) bool { return src.Source == "compextr" }) {
		return c.Ignore
	}
	rules := slices.Clone(c.Ignore)
	for _, v := range compextr.VolatileKeys() {
		rules = append(rules, baseline.IgnoreRule{Pattern: v.Pattern, Reason: v.Reason, Expires: never})
	}
	return rules
}

// isVolatile reports whether a rule is one of those, not the site's.
func isVolatile(r baseline.IgnoreRule) bool {
	return slices.Contains(compextr.VolatileKeys(), compextr.Volatile{Pattern: r.Pattern, Reason: r.Reason})
}
