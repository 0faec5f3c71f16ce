package rules

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// verdict is the answer of a rule about certain values.
type verdict struct {
	result   Result
	messages []string
	failed   string // why there is no answer
	broken   bool   // the rule itself is at fault, not the data
}

// slot is one declared value of an entity as it was read.
type slot struct {
	seen bool
	form []byte // canonical form; of a key pattern with <...> unused
	at   reading
	many []manyValue
}

// reading says which parts hold a key.
type reading struct {
	part   int
	others []int
	forms  [][]byte // when the parts disagree
}

type manyValue struct {
	rest string
	form []byte
	at   reading
}

func (s *slot) unknown() bool { return s.seen && len(s.form) > 0 && s.form[0] == '?' }

// subject is one entity with the values that a check declares, in the order of
// check.keys.
type subject struct {
	entity collect.Key
	slots  []*slot
}

// missingFact is why a required fact cannot be told.
type missingFact struct{ name, reason string }

// factTerms computes the declared facts about an entity. Their forms go into
// the memo key.
func (e *Engine) factTerms(c *boundCheck, s *scope, sub *subject, memo []byte) (pairs [][2]*ast.Term, key []byte, missing []missingFact, err error) {
	var captured map[string]string
	captures := func() map[string]string {
		if captured == nil {
			captured = c.pat.captures(sub.entity)
		}
		return captured
	}
	for _, f := range c.facts {
		var value any
		why := ""
		switch f.name {
		case "zones":
			networks := sub.slots[c.zonesOf]
			list := []string{ZoneUnknown}
			if networks.seen && !networks.unknown() {
				v, err := collect.ParseForm(networks.form, collect.TypeSet)
				if err != nil {
					return nil, memo, nil, err
				}
				list = e.site.zones(v.Items())
			}
			value = list
		case "supplied":
			value = c.pack.supplied[string(c.pat.prefix.Head(1))+"/"+captures()["id"]]
		case "ports":
			first, last, ok := portsOf(captures())
			if !ok {
				why = "the entity names no port"
				break
			}
			value = e.site.portsFact(first, last)
		case "gaps":
			value = s.gaps(c.pat.prefix)
		case "period_hours":
			hours, ok := s.hours(c.pat.prefix)
			if !ok {
				why = "the extracts do not tell which period they hold"
				break
			}
			value = hours
		case "declared", "observed":
			value, why = s.matching.factOf(f.name, sub.entity)
		case "in_force":
			value, why = s.views.factOf(sub.entity)
		case "register":
			if len(e.site.Services) == 0 {
				why = noRegister
				break
			}
			value = e.site.registerOf(s.ID)
		case "approved":
			m := captures()
			first, last, ok := portsOf(m)
			if !ok {
				why = "the entity names no port"
				break
			}
			system := m["system"]
			if system == "" {
				system = s.ID
			}
			if len(e.site.Services) == 0 {
				why = noRegister
				break
			}
			value = e.site.service(system, m["job"], m["role"], first, last) != nil
		default:
			v, ok := s.Facts[f.name]
			if ok && f.capture != "" {
				entries, isMap := v.(map[string]any)
				v, ok = entries[captures()[f.capture]]
				ok = ok && isMap
			}
			if !ok {
				why = "the configuration of the system does not state it"
				break
			}
			value = v
		}
		if why != "" {
			if f.required {
				missing = append(missing, missingFact{f.name, why})
			}
			memo = append(memo, 0)
			continue
		}
		form, err := json.Marshal(value)
		if err != nil {
			return nil, memo, nil, err
		}
		memo = append(memo, 1)
		memo = binary.AppendUvarint(memo, uint64(len(form)))
		memo = append(memo, form...)
		v, err := ast.InterfaceToValue(value)
		if err != nil {
			return nil, memo, nil, err
		}
		pairs = append(pairs, [2]*ast.Term{ast.StringTerm(f.name), ast.NewTerm(v)})
	}
	return pairs, memo, missing, nil
}

// portsOf reads the port from the captured segment that holds it: <port>, or
// the <endpoint> of a zERT service, "10.1.2.3:443" or "[::1]:1024-65535".
func portsOf(captured map[string]string) (first, last int, ok bool) {
	text := captured["port"]
	if text == "" {
		end := captured["endpoint"]
		text = end[strings.LastIndexByte(end, ':')+1:]
	}
	low, high, ranged := strings.Cut(text, "-")
	if !ranged {
		high = low
	}
	first, err1 := strconv.Atoi(low)
	last, err2 := strconv.Atoi(high)
	return first, last, err1 == nil && err2 == nil && first <= last
}

// ask evaluates the rule about a subject whose required values are all known.
func (c *boundCheck) ask(ctx context.Context, s *scope, sub *subject, facts [][2]*ast.Term, key []byte) (*verdict, error) {
	if c.meta.Taken {
		key = append(key, s.taken...)
	}
	c.mu.Lock()
	v := c.memo[string(key)]
	c.mu.Unlock()
	if v != nil {
		return v, nil
	}
	v, err := c.evaluate(ctx, s, sub, facts)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	if len(c.memo) >= memoLimit {
		clear(c.memo)
	}
	c.memo[string(key)] = v
	c.mu.Unlock()
	return v, nil
}

// evaluate builds the input and runs the query. Only a cancelled context is an
// error; a rule that breaks gives a verdict that says so.
func (c *boundCheck) evaluate(ctx context.Context, s *scope, sub *subject, facts [][2]*ast.Term) (*verdict, error) {
	input, err := c.input(s, sub, facts)
	if err != nil {
		return &verdict{result: NoData, failed: err.Error()}, nil
	}
	rs, err := c.query.Eval(ctx, rego.EvalParsedInput(input))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return &verdict{result: NoData, broken: true, failed: fmt.Sprintf("the rule failed: %v", err)}, nil
	case len(rs) != 1:
		return &verdict{result: NoData, broken: true, failed: "the rule gave no answer"}, nil
	}
	said := map[string][]string{}
	for _, name := range c.defines {
		list, ok := texts(rs[0].Bindings[name])
		if !ok {
			return &verdict{result: NoData, broken: true, failed: "the rule failed: " + name + " must be a set of texts"}, nil
		}
		said[name] = list
	}
	// A rule that denies and warns has denied; one that says both that it does
	// not apply and that something is wrong is taken at its worse word.
	switch {
	case len(said["deny"]) > 0:
		return &verdict{result: Fail, messages: append(said["deny"], said["warn"]...)}, nil
	case len(said["warn"]) > 0:
		return &verdict{result: Review, messages: said["warn"]}, nil
	case len(said["no_data"]) > 0:
		return &verdict{result: NoData, failed: strings.Join(said["no_data"], "; ")}, nil
	case len(said["not_applicable"]) > 0:
		return &verdict{result: NotApplicable, messages: said["not_applicable"]}, nil
	}
	return &verdict{result: Pass, messages: said["pass"]}, nil
}

// askIncomplete asks why the list of entities may lack some: its messages. The
// rule sees absolute keys, stated facts and parameters.
func (c *boundCheck) askIncomplete(ctx context.Context, s *scope, sub *subject, facts [][2]*ast.Term) (*verdict, error) {
	input, err := c.input(s, sub, facts)
	if err != nil {
		return &verdict{result: NoData, messages: []string{err.Error()}}, nil
	}
	rs, err := c.incomplete.Eval(ctx, rego.EvalParsedInput(input))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return &verdict{broken: true, failed: fmt.Sprintf("the rule failed: %v", err)}, nil
	case len(rs) != 1:
		return &verdict{broken: true, failed: "the rule gave no answer"}, nil
	}
	list, ok := texts(rs[0].Bindings["incomplete"])
	if !ok {
		return &verdict{broken: true, failed: "the rule failed: incomplete must be a set of texts"}, nil
	}
	slices.Sort(list)
	return &verdict{result: NoData, messages: list}, nil
}
