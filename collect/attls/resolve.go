package attls

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// definitions are the statements that apply to one stack.
type definitions struct {
	byKind map[*statement]map[string]*definition
	// missing is why a definition may stand in text that was not read.
	missing string
	actions map[*node]*action
}

// definition is what is defined under one name.
type definition struct {
	first *node
	count int
	// conflict: the definitions do not say the same.
	conflict bool
	used     bool
	text     string // canonical text of the first, once it is needed
}

func define(tops []*node, missing string) *definitions {
	d := &definitions{byKind: map[*statement]map[string]*definition{}, missing: missing, actions: map[*node]*action{}}
	for _, n := range tops {
		if n.kind == nil || !n.block || n.name() == "" {
			continue
		}
		names := d.byKind[n.kind]
		if names == nil {
			names = map[string]*definition{}
			d.byKind[n.kind] = names
		}
		def := names[n.name()]
		if def == nil {
			names[n.name()] = &definition{first: n, count: 1}
			continue
		}
		if def.text == "" {
			def.text = canonical(def.first)
		}
		def.count++
		def.conflict = def.conflict || canonical(n) != def.text
	}
	return d
}

// find returns the definition of a name. why says why there is none that can be
// relied on.
func (d *definitions) find(kind *statement, name string) (n *node, why string) {
	def := d.byKind[kind][name]
	switch {
	case def == nil && d.missing != "":
		return nil, fmt.Sprintf("%s %s is not defined in what was read, and %s", kind.name, name, d.missing)
	case def == nil:
		return nil, fmt.Sprintf("%s %s is not defined", kind.name, name)
	}
	def.used = true
	if def.conflict {
		return nil, twice(kind, name, def)
	}
	return def.first, ""
}

// twice says why nothing that depends on a definition is known.
func twice(kind *statement, name string, def *definition) string {
	return fmt.Sprintf("%s %s is defined %d times with different contents; which one counts is not documented", kind.name, name, def.count)
}

// canonical writes a statement so that equal contents give equal text.
func canonical(n *node) string {
	var b strings.Builder
	var walk func(n *node)
	walk = func(n *node) {
		b.WriteString(strings.ToLower(n.keyword))
		for _, w := range n.words {
			b.WriteString(" " + w)
		}
		b.WriteByte('\n')
		for _, c := range n.children {
			walk(c)
		}
		if n.block {
			b.WriteString("}\n")
		}
	}
	walk(n)
	return b.String()
}

// action returns the resolved action of a definition; it is worked out once.
func (d *definitions) action(n *node) *action {
	if a := d.actions[n]; a != nil {
		return a
	}
	s, _ := scopeOf(n.kind)
	a := newAction(s, n.name(), n.at)
	d.actions[n] = a
	d.fill(a, n, fmt.Sprintf("%s %s (%s)", n.kind.name, n.name(), n.at))
	return a
}

// fill adds what a block states. Inline blocks and references of one kind
// replace each other as a whole: the last one counts.
func (d *definitions) fill(a *action, n *node, via string) {
	if !n.closed {
		a.unsure[n.kind.name] = fmt.Sprintf("the text ends inside %s", describe(n))
		a.partial = a.unsure[n.kind.name]
		return
	}
	if n.recovered {
		a.partial = describe(n) + " has no closing brace, so lines of it may be missing"
	}
	type sub struct {
		n   *node
		via string
		why string
	}
	subs := map[*statement]sub{}
	var order []*statement
	put := func(kind *statement, s sub) {
		if _, again := subs[kind]; again {
			addLint(&a.lint, "L10 %s: %s is given more than once, the last one counts", describe(n), kind.name)
		} else {
			order = append(order, kind)
		}
		subs[kind] = s
	}
	for _, c := range n.children {
		low := strings.ToLower(c.keyword)
		p := parameterByName[low]
		kind := statementByRef[low]
		switch {
		case c.block && c.kind == nil:
			addLint(&a.lint, "L06 %s: unknown block%s", describe(n), suggest(c, statementNames()))
		case c.kind != nil && c.block:
			if !slices.Contains(c.kind.in, n.kind.name) {
				addLint(&a.lint, "L15 %s: %s does not belong here and is ignored", describe(n), c.kind.name)
				continue
			}
			put(c.kind, sub{n: c, via: fmt.Sprintf("%s (%s) of %s", c.kind.name, c.at, via)})
		case kind != nil:
			if !slices.Contains(kind.in, n.kind.name) {
				addLint(&a.lint, "L15 %s: %s does not belong here and is ignored", describe(n), c.keyword)
				continue
			}
			def, why := d.find(kind, c.name())
			if why != "" {
				addLint(&a.lint, "L07 %s: %s", describe(n), why)
			}
			s := sub{n: def, why: why}
			if def != nil {
				s.via = fmt.Sprintf("%s %s (%s), referenced at %s, of %s", kind.name, def.name(), def.at, c.at, via)
			}
			put(kind, s)
		case p != nil:
			a.state(p, n, c, via)
		default:
			addLint(&a.lint, "L06 %s: unknown keyword%s", describe(n), suggest(c, parameterNames(n.kind.name)))
		}
	}
	for _, kind := range order {
		if s := subs[kind]; s.why != "" {
			a.unsure[kind.name] = s.why
			// What hangs below it is not known either.
			for _, below := range statements {
				if slices.Contains(below.in, kind.name) {
					a.unsure[below.name] = s.why
				}
			}
		} else {
			d.fill(a, s.n, s.via)
		}
	}
}

// state records a parameter.
func (a *action) state(p *parameter, block, c *node, via string) {
	if !slices.Contains(p.in, block.kind.name) {
		addLint(&a.lint, "L15 %s: %s does not belong here and is ignored", describe(block), p.name)
		return
	}
	if len(c.words) == 0 {
		addLint(&a.lint, "L06 %s: %s has no value", describe(block), p.name)
		a.params[p] = &stated{words: []word{{at: c.at}}, via: via}
		return
	}
	w := word{text: c.words[0], at: c.at, more: len(c.words) > 1,
		four: strings.EqualFold(c.keyword, "V3CipherSuites4Char")}
	if w.more && p.form == formText {
		addLint(&a.lint, "L14 %s: the value of %s is followed by other words, which may not count", describe(block), p.name)
	}
	old := a.params[p]
	switch {
	case old == nil:
		a.params[p] = &stated{words: []word{w}, via: via}
	case p.form.list():
		old.words = append(old.words, w)
	default:
		addLint(&a.lint, "L10 %s: %s is given more than once, the last one counts", describe(block), p.name)
		a.params[p] = &stated{words: []word{w}, via: via}
	}
	if p.form == formSuites {
		if _, err := suiteCodes(w.text, w.four); err != nil {
			addLint(&a.lint, "L06 %s: %v", describe(block), err)
		}
	}
}

// rules resolves the rules of the stack.
func (d *definitions) rules() (rules []*rule, lint []string) {
	kind := statementByName[strings.ToLower(stRule)]
	for name, def := range d.byKind[kind] {
		r := d.rule(def.first)
		if def.conflict {
			r.doubt = twice(kind, name, def)
		}
		rules = append(rules, r)
	}
	slices.SortFunc(rules, func(a, b *rule) int {
		return cmp.Or(a.at.origin.File-b.at.origin.File, cmp.Compare(a.at.origin.Pos, b.at.origin.Pos))
	})
	for kind, names := range d.byKind {
		for name, def := range names {
			if def.count > 1 {
				lint = append(lint, fmt.Sprintf("L09 %s %s is defined %d times", kind.name, name, def.count))
			}
		}
	}
	slices.Sort(lint)
	return rules, lint
}

// unused reports the definitions that nothing refers to, and the mistakes in
// actions among them: what they say is of no effect, but a mistake can keep the
// whole file from being installed. What only such a definition refers to is not
// used either.
func (d *definitions) unused() (lint []string) {
	var actions []*node
	for kind, names := range d.byKind {
		for name, def := range names {
			if kind.name == stRule || def.used {
				continue
			}
			lint = append(lint, fmt.Sprintf("L08 %s %s is never used", kind.name, name))
			if _, ok := scopeOf(kind); ok {
				actions = append(actions, def.first)
			}
		}
	}
	// Resolving an action marks what it refers to as used, so not before all
	// that is unused is known.
	for _, n := range actions {
		lint = append(lint, d.action(n).lint...)
	}
	slices.Sort(lint)
	return slices.Compact(lint)
}
