package rules

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/open-policy-agent/opa/v1/ast"
)

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
