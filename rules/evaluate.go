package rules

import (
	"bytes"
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

// memoKey appends the declared values to key. Two subjects with one key get one
// evaluation.
func (c *boundCheck) memoKey(key []byte, sub *subject) []byte {
	for i, s := range sub.slots {
		switch k := &c.keys[i]; {
		case len(s.many) > 0:
			key = append(key, 2)
			key = binary.AppendUvarint(key, uint64(len(s.many)))
			for _, m := range s.many {
				if k.only != nil && len(m.form) > 0 && m.form[0] != '?' {
					key = k.memoNarrowed(append(key, 3), m.form)
					continue
				}
				key = append(key, 4)
				key = binary.AppendUvarint(key, uint64(len(m.form)))
				key = append(key, m.form...)
			}
		case s.seen && !s.unknown() && (k.count || k.only != nil):
			key = k.memoNarrowed(append(key, 3), s.form)
		case !s.seen || s.unknown():
			key = append(key, 0)
		default:
			key = append(key, 1)
			key = binary.AppendUvarint(key, uint64(len(s.form)))
			key = append(key, s.form...)
		}
	}
	if len(c.meta.Captures) > 0 {
		m := c.pat.captures(sub.entity)
		for _, name := range c.meta.Captures {
			key = binary.AppendUvarint(key, uint64(len(m[name])))
			key = append(key, m[name]...)
		}
	}
	return key
}

// memoNarrowed appends what of a set reaches the rule.
func (k *keyPattern) memoNarrowed(key, form []byte) []byte {
	n := 0
	ok := eachMember(form, func(member []byte) {
		n++
		if k.only[string(firstWord(member))] {
			key = binary.AppendUvarint(key, uint64(len(member)))
			key = append(key, member...)
		}
	})
	switch {
	case !ok: // not a plain set: tell it from all others
		key = append(key, form...)
	case k.count:
		key = binary.AppendUvarint(key, uint64(n))
	}
	return append(key, 0)
}

// eachMember calls yield for the members of a set in canonical form without
// taking it apart into a value. It is false for members that need unescaping.
func eachMember(form []byte, yield func(member []byte)) bool {
	if len(form) < 2 || form[0] != '[' || bytes.IndexByte(form, '\\') >= 0 {
		return false
	}
	for form = form[1 : len(form)-1]; len(form) > 0; {
		end := bytes.IndexByte(form[1:], '"')
		if form[0] != '"' || end < 0 {
			return false
		}
		yield(form[1 : end+1])
		form = bytes.TrimPrefix(form[end+2:], []byte{','})
	}
	return true
}

func firstWord(b []byte) []byte {
	word, _, _ := bytes.Cut(b, []byte{' '})
	return word
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

// input builds what a rule is asked about. An error is a value that is not of
// the catalogue's type.
func (c *boundCheck) input(s *scope, sub *subject, facts [][2]*ast.Term) (ast.Value, error) {
	values := make([][2]*ast.Term, 0, len(c.keys))
	for i := range c.keys {
		k := &c.keys[i]
		term, err := k.term(sub.slots[i])
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", k.name, err)
		}
		if term != nil {
			values = append(values, [2]*ast.Term{ast.StringTerm(k.name), term})
		}
	}
	captured := make([][2]*ast.Term, 0, len(c.meta.Captures))
	if len(c.meta.Captures) > 0 {
		m := c.pat.captures(sub.entity)
		for _, name := range c.meta.Captures {
			captured = append(captured, [2]*ast.Term{ast.StringTerm(name), ast.StringTerm(m[name])})
		}
	}
	input := [][2]*ast.Term{
		{ast.StringTerm("system"), s.term},
		{ast.StringTerm("entity"), ast.ObjectTerm(
			[2]*ast.Term{ast.StringTerm("captured"), ast.ObjectTerm(captured...)},
			[2]*ast.Term{ast.StringTerm("values"), ast.ObjectTerm(values...)},
		)},
		{ast.StringTerm("facts"), ast.ObjectTerm(facts...)},
		{ast.StringTerm("parameters"), c.parameters},
	}
	if c.meta.Taken {
		input = append(input, [2]*ast.Term{ast.StringTerm("taken"), ast.StringTerm(s.taken)})
	}
	return ast.NewObject(input...), nil
}

// term returns the value of a slot as a rule sees it, nil when it is absent or
// unknown. A value of another type than the catalogue's is an error: Rego
// orders all types, so "NOLIMIT" > 10 would be a plausible answer.
func (k *keyPattern) term(s *slot) (*ast.Term, error) {
	if k.many {
		terms := make([]*ast.Term, 0, len(s.many))
		for _, m := range s.many {
			if len(m.form) > 0 && m.form[0] == '?' {
				return nil, fmt.Errorf("%s is unknown: %s", m.rest, m.form[1:])
			}
			t, err := k.narrowed(m.form)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", m.rest, err)
			}
			terms = append(terms, t)
		}
		return ast.ArrayTerm(terms...), nil
	}
	if !s.seen || s.unknown() {
		return nil, nil
	}
	return k.narrowed(s.form)
}

// narrowed returns one value, reduced to what of a set reaches the rule.
func (k *keyPattern) narrowed(form []byte) (*ast.Term, error) {
	if !k.count && k.only == nil {
		return formTerm(form, k.typ)
	}
	v, err := collect.ParseForm(form, collect.TypeSet)
	if err == nil && v.Type() != collect.TypeSet {
		err = fmt.Errorf("is %s, not set as the catalogue has it", v.Type())
	}
	if err != nil {
		return nil, err
	}
	if k.count {
		return ast.IntNumberTerm(len(v.Items())), nil
	}
	var terms []*ast.Term
	for _, item := range v.Items() {
		if word, _, _ := strings.Cut(item, " "); k.only[word] {
			terms = append(terms, ast.StringTerm(item))
		}
	}
	return ast.ArrayTerm(terms...), nil
}

func formTerm(form []byte, want collect.Type) (*ast.Term, error) {
	v, err := collect.ParseForm(form, want)
	if err != nil {
		return nil, err
	}
	if want != collect.TypeAbsent && v.Type() != want {
		return nil, fmt.Errorf("is %s, not %s as the catalogue has it", v.Type(), want)
	}
	switch v.Type() {
	case collect.TypeNumber:
		return ast.NumberTerm(json.Number(v.Raw())), nil
	case collect.TypeBool:
		return ast.BooleanTerm(v.IsTrue()), nil
	case collect.TypeSet, collect.TypeList:
		terms := make([]*ast.Term, len(v.Items()))
		for i, s := range v.Items() {
			terms[i] = ast.StringTerm(s)
		}
		return ast.ArrayTerm(terms...), nil
	}
	return ast.StringTerm(v.Raw()), nil
}
