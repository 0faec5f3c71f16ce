package baseline

import (
	"fmt"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// IgnoreRule keeps differences of volatile keys out of a diff until it expires.
type IgnoreRule struct {
	Pattern string `yaml:"pattern" json:"pattern"` // see [Pattern]
	Reason  string `yaml:"reason" json:"reason"`
	Expires string `yaml:"expires" json:"expires"` // the last day it holds, 2027-03-31
}

// IgnoreCount says how many keys a rule suppressed.
type IgnoreCount struct {
	IgnoreRule
	Keys    int64 `json:"keys"`
	Expired bool  `json:"expired"` // the rule was not applied
}

// ignores are parsed rules; the first that matches a key counts it.
type ignores struct {
	patterns []Pattern
	counts   []IgnoreCount
}

func newIgnores(rules []IgnoreRule, now time.Time) (*ignores, error) {
	g := &ignores{}
	for i, r := range rules {
		bad := func(err error) error {
			return &collect.Error{Offset: -1, Err: fmt.Errorf("ignore rule %d: %w", i+1, err),
				Advice: "an ignore rule needs a pattern, a reason, and as expires the last day it holds, such as 2027-03-31"}
		}
		p, err := ParsePattern(r.Pattern)
		if err != nil {
			return nil, bad(err)
		}
		if r.Reason == "" {
			return nil, bad(fmt.Errorf("%s: has no reason", r.Pattern))
		}
		last, err := time.Parse(time.DateOnly, r.Expires)
		if err != nil {
			return nil, bad(fmt.Errorf("%s: expires %q is not a date", r.Pattern, r.Expires))
		}
		if now.IsZero() {
			return nil, bad(fmt.Errorf("%s: the diff was given no time to judge its expiry by", r.Pattern))
		}
		g.patterns = append(g.patterns, p)
		g.counts = append(g.counts, IgnoreCount{IgnoreRule: r, Expired: now.Format(time.DateOnly) > last.Format(time.DateOnly)})
	}
	return g, nil
}

// suppress reports whether a rule holds back key, and counts it.
func (g *ignores) suppress(key collect.Key) bool {
	for i := range g.patterns {
		if !g.counts[i].Expired && g.patterns[i].Match(key) {
			g.counts[i].Keys++
			return true
		}
	}
	return false
}
