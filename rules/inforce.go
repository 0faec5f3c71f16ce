package rules

import (
	"bytes"
	"context"
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// A Policy Agent file says which AT-TLS policy should be in force, pasearch which
// one is. When the Policy Agent finds an error in the file it keeps the old
// policy, so the two can differ for long. This file compares them rule by rule:
// the fact "in_force" of an AT-TLS rule.

// What is missing for the comparison.
const (
	noFile    = "no AT-TLS policy file of the system was read"
	noListing = "no listing of the AT-TLS policy in force (pasearch -t) was read"
)

// views is the comparison of file and listing for one system.
type views struct {
	why   string // there is none; why
	rules map[collect.Key]*ruleViews
}

// ruleViews is what the two say about one rule.
type ruleViews struct {
	configured, active  bool
	differences, unsure []string
	open                int    // values that are not known on one side
	firstOpen           string // the first of them
}

// compareViews reads the AT-TLS rules of all parts and notes where a part of a
// configured and one of an active view differ.
func (j *judge) compareViews(ctx context.Context) error {
	v := &views{rules: map[collect.Key]*ruleViews{}}
	j.scope.views = v
	wanted := false
	for _, g := range j.groups {
		for _, c := range g.checks {
			for _, f := range c.facts {
				wanted = wanted || f.name == "in_force"
			}
		}
	}
	file, listing := j.policyParts()
	switch {
	case !wanted:
		return nil
	case len(file) == 0:
		v.why = noFile
		return nil
	case len(listing) == 0:
		v.why = noListing
		return nil
	}
	// Each side is read by itself: what one does not know the view of the whole
	// system takes from the other.
	said := map[collect.Key]map[string][]byte{}
	err := j.readRules(ctx, file, func(entity collect.Key, name string, form []byte) {
		if said[entity] == nil {
			said[entity] = map[string][]byte{}
			v.rules[entity] = &ruleViews{configured: true}
		}
		said[entity][name] = bytes.Clone(form)
	})
	if err != nil {
		return err
	}
	err = j.readRules(ctx, listing, func(entity collect.Key, name string, form []byte) {
		r := v.rules[entity]
		if r == nil {
			r = &ruleViews{}
			v.rules[entity] = r
		}
		r.active = true
		if own := said[entity][name]; own != nil {
			r.compare(name, own, form)
		}
	})
	if err != nil {
		return err
	}
	for entity, r := range v.rules {
		r.finish(j.stateIn(file, entity), j.stateIn(listing, entity))
	}
	return nil
}

// readRules reads what some parts say about AT-TLS rules: their settings.
func (j *judge) readRules(ctx context.Context, of map[int]bool, yield func(entity collect.Key, name string, form []byte)) error {
	var parts []*collect.Part
	for i, p := range j.parts {
		if of[i] {
			parts = append(parts, p)
		}
	}
	return mergeForms(ctx, parts, func(f *fact) error {
		if n, ok := policyPattern.head(f.key); ok && collect.Keys().Class(collect.Key(f.key)) == collect.Setting {
			yield(collect.Key(f.key[:n]), string(f.key[n+1:]), f.form)
		}
		return nil
	})
}

// policyParts returns the parts with AT-TLS rules by view.
func (j *judge) policyParts() (file, listing map[int]bool) {
	file, listing = map[int]bool{}, map[int]bool{}
	for i, p := range j.parts {
		for _, c := range p.Header.Coverage {
			if c.Prefix.Head(1) != "attls" {
				continue
			}
			switch p.Header.View {
			case collect.Configured:
				file[i] = true
			case collect.Active:
				listing[i] = true
			}
		}
	}
	return file, listing
}

func (r *ruleViews) compare(name string, said, shown []byte) {
	switch {
	case said[0] == '?' || shown[0] == '?':
		if !bytes.Equal(said, shown) {
			if r.open++; r.open == 1 {
				r.firstOpen = fmt.Sprintf("%s: in the file %s, in force %s", name, said, shown)
			}
		}
	case !bytes.Equal(said, shown):
		r.differences = append(r.differences, fmt.Sprintf("%s: in the file %s, in force %s", name, said, shown))
	}
}

// finish judges a rule that one side does not have, by what that side covers.
func (r *ruleViews) finish(file, listing collect.Coverage) {
	if r.open > 0 {
		r.unsure = append(r.unsure, fmt.Sprintf("values that cannot be compared: %d, the first is %s", r.open, r.firstOpen))
	}
	for _, side := range []struct {
		has   bool
		state collect.Coverage
		text  string
	}{
		{r.configured, file, "the rule is in force and not in the file"},
		{r.active, listing, "the rule is in the file and not in force"},
	} {
		switch {
		case side.has:
		case side.state.State == collect.Complete:
			r.differences = append(r.differences, side.text)
		default:
			r.unsure = append(r.unsure, side.text+", as far as it was read: "+about(side.state))
		}
	}
}

// stateIn returns what the first of some parts covers of an entity.
func (j *judge) stateIn(parts map[int]bool, entity collect.Key) collect.Coverage {
	for i, p := range j.parts {
		if parts[i] {
			return p.Header.CoverageOf(entity)
		}
	}
	return collect.Coverage{}
}

// factOf returns the fact of a rule, or why there is none.
func (v *views) factOf(entity collect.Key) (value any, why string) {
	switch {
	case v == nil:
		return nil, "policy file and policy in force were not compared"
	case v.why != "":
		return nil, v.why
	}
	r := v.rules[entity]
	if r == nil {
		r = &ruleViews{}
	}
	return map[string]any{"differences": append([]string{}, r.differences...), "unsure": append([]string{}, r.unsure...)}, ""
}
