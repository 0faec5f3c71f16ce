package rules

import (
	"context"
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// Of a key to which two extracts of a system give different values a rule hears
// only that they disagree. That they do is a finding of its own, whether a rule
// reads the key or not: a running system that differs from its configuration, or
// an extract of the wrong system. It is judged as the entity
// tool/disagreement/<key>, which the engine makes while it merges the parts.
const disagreement collect.Key = "tool/disagreement"

// disputed is such a key.
type disputed struct {
	key collect.Key
	at  reading
}

// disagree notes a key on which parts disagree. Derived keys are left out: what
// they are computed from shows by itself.
func (j *judge) disagree(f *fact) {
	if key := collect.Key(f.key); f.forms != nil && collect.Keys().Class(key) != collect.Derived {
		j.disputed = append(j.disputed, disputed{key, reading{f.part, f.others, f.forms}})
	}
}

// judgeDisputed judges the keys that were noted.
func (j *judge) judgeDisputed(ctx context.Context, g *group) error {
	for _, d := range j.disputed {
		members := make([]string, len(d.at.forms))
		for i, part := range append([]int{d.at.part}, d.at.others...) {
			h := &j.parts[part].Header
			members[i] = fmt.Sprintf("%s (%s) %s", h.Source, h.View, d.at.forms[i])
		}
		slots := make([]slot, len(g.names))
		if i, ok := g.index["values"]; ok {
			slots[i] = slot{seen: true, form: collect.Set(members...).AppendForm(nil), at: d.at}
		}
		if err := j.judgeEntity(ctx, g, disagreement.Join(string(d.key)), slots); err != nil {
			return err
		}
	}
	return nil
}

// disputedKey returns the key that a finding about tool/disagreement/<key> is
// about.
func disputedKey(entity collect.Key) (collect.Key, bool) {
	if !entity.Under(disagreement) || entity == disagreement {
		return "", false
	}
	return collect.Key(entity.Segments()[2]), true
}
