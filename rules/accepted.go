package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/bundle"

	"github.com/irondrift/irondrift/collect"
)

// A platform's own servers hold rights that would be findings about anybody
// else. So that a first report is not all noise, a pack lists those that are
// documented, in its table accepted. What it accepts stays a finding and shows
// the reason; only the site can make it go away.

// accepted is an entry of that table: findings of a check about an entity are
// accepted as long as a set of it holds nothing but what is listed. Whoever adds
// to the set has to answer for it.
type accepted struct {
	Check   string   `json:"check"`
	Entity  string   `json:"entity"`
	Key     string   `json:"key"`
	Members []string `json:"members"`
	Reason  string   `json:"reason"`
}

// acceptedEntries reads the table, by platform.
func acceptedEntries(b *bundle.Bundle) (map[string][]accepted, error) {
	at, _ := b.Manifest.Metadata["tables"].(string)
	if at == "" {
		return nil, nil
	}
	var node any = b.Data
	for _, s := range append(strings.Split(at, "/"), "accepted") {
		table, _ := node.(map[string]any)
		if node = table[s]; node == nil {
			return nil, nil
		}
	}
	text, err := json.Marshal(node)
	if err != nil {
		return nil, err
	}
	out := map[string][]accepted{}
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("table accepted: %w", err)
	}
	for platform, list := range out {
		for i, a := range list {
			if a.Check == "" || a.Entity == "" || a.Key == "" || len(a.Members) == 0 || a.Reason == "" {
				return nil, fmt.Errorf("table accepted: %s: entry %d: check, entity, key, members and reason must be given", platform, i+1)
			}
		}
	}
	return out, nil
}

// checkAccepted reports entries of the table that no check can use.
func (p *Pack) checkAccepted() error {
	for platform, list := range p.accepted {
		for i, a := range list {
			n := slices.IndexFunc(p.checks, func(c *check) bool { return c.ID == a.Check })
			if n < 0 {
				return fmt.Errorf("table accepted: %s: entry %d: there is no check %s", platform, i+1, a.Check)
			}
			if !slices.ContainsFunc(p.checks[n].keys, func(k keyPattern) bool { return k.name == a.Key }) {
				return fmt.Errorf("table accepted: %s: entry %d: check %s does not read %s", platform, i+1, a.Check, a.Key)
			}
			p.checks[n].Accepted = append(p.checks[n].Accepted, Accepted{platform, a.Entity, a.Key, a.Members, a.Reason})
		}
	}
	return nil
}

// accepts returns the entry of the pack's table that accepts a finding, unless
// the site refuses it.
func (c *check) accepts(s *site, platform string, sub *subject) *Allow {
	if slices.ContainsFunc(s.Refuse, func(r Refusal) bool { return r.Check == c.ID && matchGlob(r.Entity, string(sub.entity)) }) {
		return nil
	}
	for i := range c.pack.accepted[platform] {
		a := &c.pack.accepted[platform][i]
		if a.Check == c.ID && a.Entity == string(sub.entity) && c.holdsOnly(sub, a) {
			return &Allow{Check: c.ID, Entity: a.Entity, Reason: "pack " + c.pack.Info.Name + ": " + a.Reason}
		}
	}
	return nil
}

// holdsOnly reports whether an entity holds nothing of what the check looks for
// but the members of a, on all members of a cluster.
func (c *check) holdsOnly(sub *subject, a *accepted) bool {
	var only map[string]bool
	for i := range c.keys {
		if c.keys[i].name == a.Key {
			only = c.keys[i].only
		}
	}
	fits := func(form []byte) bool {
		v, err := collect.ParseForm(form, collect.TypeSet)
		if err != nil || v.Type() != collect.TypeSet {
			return false
		}
		for _, item := range v.Items() {
			word, _, _ := strings.Cut(item, " ")
			if (only == nil || only[word]) && !slices.Contains(a.Members, item) {
				return false
			}
		}
		return true
	}
	for i := range c.keys {
		switch s := sub.slots[i]; c.keys[i].name {
		case a.Key:
			if !s.seen || s.unknown() || !fits(s.form) {
				return false
			}
		case "on/<member>/" + a.Key:
			for _, m := range s.many {
				if !fits(m.form) {
					return false
				}
			}
		}
	}
	return true
}
