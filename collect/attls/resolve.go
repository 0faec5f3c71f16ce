package attls

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// definitions are the statements that apply to one stack.
type definitions struct {
	byKind map[*statement]map[string][]*node
	used   map[*node]bool
	// missing is why a definition may stand in text that was not read.
	missing string
	actions map[*node]*action
}

func define(tops []*node, missing string) *definitions {
	d := &definitions{byKind: map[*statement]map[string][]*node{}, used: map[*node]bool{}, missing: missing, actions: map[*node]*action{}}
	for _, n := range tops {
		if n.kind == nil || !n.block || n.name() == "" {
			continue
		}
		names := d.byKind[n.kind]
		if names == nil {
			names = map[string][]*node{}
			d.byKind[n.kind] = names
		}
		names[n.name()] = append(names[n.name()], n)
	}
	return d
}

// find returns the definition of a name. why says why there is none that can be
// relied on.
func (d *definitions) find(kind *statement, name string) (n *node, why string) {
	defs := d.byKind[kind][name]
	for _, n := range defs {
		d.used[n] = true
	}
	switch {
	case len(defs) == 0 && d.missing != "":
		return nil, fmt.Sprintf("%s %s is not defined in what was read, and %s", kind.name, name, d.missing)
	case len(defs) == 0:
		return nil, fmt.Sprintf("%s %s is not defined", kind.name, name)
	case !sameContents(defs):
		return nil, fmt.Sprintf("%s %s is defined %d times with different contents; which one counts is not documented", kind.name, name, len(defs))
	}
	return defs[0], ""
}

// sameContents reports whether definitions of one name agree.
func sameContents(defs []*node) bool {
	for _, n := range defs[1:] {
		if canonical(n) != canonical(defs[0]) {
			return false
		}
	}
	return true
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
	for name, defs := range d.byKind[kind] {
		if len(defs) > 1 {
			addLint(&lint, "L09 TTLSRule %s is defined %d times", name, len(defs))
		}
		r := d.rule(defs[0])
		if !sameContents(defs) {
			r.doubt = fmt.Sprintf("TTLSRule %s is defined %d times with different contents; which one counts is not documented", name, len(defs))
		}
		rules = append(rules, r)
	}
	slices.SortFunc(rules, func(a, b *rule) int {
		return cmp.Or(a.at.origin.File-b.at.origin.File, cmp.Compare(a.at.origin.Pos, b.at.origin.Pos))
	})
	for kind, names := range d.byKind {
		for name, defs := range names {
			if len(defs) > 1 && kind.name != stRule {
				addLint(&lint, "L09 %s %s is defined %d times", kind.name, name, len(defs))
			}
		}
	}
	return rules, lint
}

// unused lists the definitions that nothing refers to.
func (d *definitions) unused() []string {
	var out []string
	for kind, names := range d.byKind {
		for name, defs := range names {
			if kind.name != stRule && !d.used[defs[0]] {
				out = append(out, kind.name+" "+name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// rule resolves one rule.
func (d *definitions) rule(n *node) *rule {
	r := &rule{name: n.name(), at: n.at, conditions: map[string]condition{}}
	if !n.closed {
		r.doubt = "the text ends inside the rule"
		r.partial = r.doubt
		return r
	}
	if n.recovered {
		r.partial = "the rule has no closing brace, so lines of it may be missing"
	}
	if len(r.name) > 32 {
		addLint(&r.textLint, "L14 the name of the rule is longer than 32 characters, which the Policy Agent refuses")
	}
	seen := map[string]*node{}
	for _, c := range n.children {
		low := strings.ToLower(c.keyword)
		what := conditionNames[low]
		ref := statementByRef[low]
		switch {
		case c.kind != nil && c.kind.name == stTime && c.block:
			what = "IpTimeCondition"
		case c.block:
			addLint(&r.textLint, "L06 TTLSRule: unknown block%s", suggest(c, statementNames()))
			continue
		case ref != nil:
			what = ref.name
			if s, ok := scopeOf(ref); ok {
				what = s.String()
			} else if ref.name != stTime {
				if what = conditionOfRef(low); what == "" {
					addLint(&r.textLint, "L15 TTLSRule: %s does not belong here and is ignored", c.keyword)
					continue
				}
			}
		case what == "":
			if parameterByName[low] != nil {
				addLint(&r.textLint, "L15 TTLSRule: %s does not belong here and is ignored", parameterByName[low].name)
			} else {
				addLint(&r.textLint, "L06 TTLSRule: unknown keyword%s", suggest(c, ruleKeywords()))
			}
			continue
		}
		if seen[what] != nil {
			addLint(&r.textLint, "L10 TTLSRule: %s is given more than once, the last one counts", what)
		}
		seen[what] = c
	}
	for s := range scopes {
		if c := seen[s.String()]; c != nil {
			r.refs[s] = d.reference(r, s, c)
		}
	}
	d.conditions(r, seen)
	return r
}

func (d *definitions) reference(r *rule, s scope, c *node) *reference {
	ref := &reference{name: c.name(), at: c.at}
	kind := statementByName[strings.ToLower(actionStatements[s])]
	def, why := d.find(kind, ref.name)
	if why != "" {
		ref.doubt = why
		addLint(&r.textLint, "L07 %s", why)
		return ref
	}
	ref.action = d.action(def)
	for _, l := range ref.action.lint {
		addLint(&r.textLint, "%s", l)
	}
	if ref.action.partial != "" && r.partial == "" {
		r.partial = ref.action.partial
	}
	return ref
}

// conditionOfRef returns the condition that a reference such as
// LocalPortGroupRef gives.
func conditionOfRef(low string) string {
	for _, end := range []string{"Local", "Remote"} {
		if rest, ok := strings.CutPrefix(low, strings.ToLower(end)); ok {
			switch rest {
			case "addrref", "addrsetref", "addrgroupref":
				return end + "Addr"
			case "portrangeref", "portgroupref":
				return end + "PortRange"
			}
		}
	}
	return ""
}

// conditions reads the conditions of a rule.
func (d *definitions) conditions(r *rule, seen map[string]*node) {
	r.local, r.remote = span{known: true}, span{known: true}
	d.endpoint(r, seen["LocalAddr"], "LocalAddr", &r.local)
	d.endpoint(r, seen["RemoteAddr"], "RemoteAddr", &r.remote)
	d.endpoint(r, seen["LocalPortRange"], "LocalPortRange", &r.local)
	d.endpoint(r, seen["RemotePortRange"], "RemotePortRange", &r.remote)
	for _, key := range []string{"Jobname", "Userid"} {
		c := seen[key]
		switch {
		case c == nil:
			r.conditions[key] = condition{value: collect.Text("*"), at: r.at, from: "not stated: any"}
		case c.name() == "" || placeholder(c.name()):
			r.conditions[key] = unknownCondition(key+" has no value, or a placeholder that was never filled in", c.at)
		default:
			r.conditions[key] = condition{value: collect.Text(c.name()), at: c.at, from: c.at.String()}
		}
	}
	r.conditions["Direction"] = d.direction(r, seen["Direction"])
	r.conditions["Priority"] = d.priority(r, seen["Priority"])
	r.conditions["IpTimeCondition"] = d.time(r, seen)
	stated := 0
	for what := range seen {
		if what != "Direction" && what != "Priority" && !slices.Contains([]string{"group", "environment", "connection"}, what) {
			stated++
		}
	}
	if stated == 0 {
		addLint(&r.textLint, "L12 the rule has no condition beside its direction")
	}
}

func (d *definitions) direction(r *rule, c *node) condition {
	if c == nil {
		addLint(&r.textLint, "L12 the rule has no direction")
		return unknownCondition("Direction is required and not stated", r.at)
	}
	for _, w := range []string{"Inbound", "Outbound", "Both"} {
		if strings.EqualFold(c.name(), w) {
			return condition{value: collect.Text(w), at: c.at, from: c.at.String()}
		}
	}
	addLint(&r.textLint, "L06 Direction is none of Inbound, Outbound, Both")
	return unknownCondition("Direction is none of Inbound, Outbound, Both", c.at)
}

func (d *definitions) priority(r *rule, c *node) condition {
	r.priority = 1
	if c == nil {
		return condition{value: collect.Number(1), at: r.at, from: "default: 1"}
	}
	v, err := (&parameter{name: "Priority", form: formNumber, low: 1, high: 2000000000}).read(c.name())
	if err != nil {
		addLint(&r.textLint, "L06 %v", err)
		return unknownCondition(err.Error(), c.at)
	}
	r.priority, _ = v.Int()
	return condition{value: v, at: c.at, from: c.at.String()}
}

// time reads a time condition. The names inside were not read in the
// reference, so they are kept as they are.
func (d *definitions) time(r *rule, seen map[string]*node) condition {
	c := seen["IpTimeCondition"]
	if c == nil {
		return condition{value: collect.Set(), at: r.at, from: "not stated: always"}
	}
	def := c
	if !c.block {
		var why string
		if def, why = d.find(statementByName[strings.ToLower(stTime)], c.name()); why != "" {
			addLint(&r.textLint, "L07 %s", why)
			return unknownCondition(why, c.at)
		}
	}
	if !def.closed {
		return unknownCondition("the text ends inside "+describe(def), c.at)
	}
	out := condition{at: c.at, from: fmt.Sprintf("%s: %s (%s)", c.at, describe(def), def.at)}
	for _, k := range def.children {
		if plain(k.keyword) {
			out.members = append(out.members, collect.Member{Text: strings.Join(append([]string{k.keyword}, k.words...), " "), At: k.at.origin})
		}
	}
	if len(out.members) == 0 {
		out.members = []collect.Member{{Text: "limited", At: c.at.origin}}
	}
	out.value = collect.SetEntry("", c.at.origin, out.members).Value
	return out
}

// endpoint reads an address or port condition.
func (d *definitions) endpoint(r *rule, c *node, key string, s *span) {
	isPort := strings.HasSuffix(key, "PortRange")
	if c == nil {
		r.conditions[key] = condition{value: collect.Set(all), at: r.at, from: "not stated: all"}
		return
	}
	e := &endpoint{at: c.at, via: []string{c.keyword}}
	var err error
	if kind := statementByRef[strings.ToLower(c.keyword)]; kind != nil {
		err = d.gatherRef(e, kind, c, 0)
	} else if isPort {
		err = e.port(c.words, c.at)
	} else {
		err = e.addr(strings.Join(c.words[:min(1, len(c.words))], ""), c.at)
	}
	if err != nil {
		addLint(&r.textLint, "%s %s: %v", lintID(err), key, err)
		r.conditions[key] = unknownCondition(fmt.Sprintf("%s: %v", key, err), c.at)
		s.known = false
		return
	}
	if len(e.members) == 0 && !e.every {
		addLint(&r.textLint, "L12 %s: the group is empty", key)
		r.conditions[key] = unknownCondition(key+": the group is empty", c.at)
		s.known = false
		return
	}
	for _, o := range e.odd {
		addLint(&r.problems, "L17 %s is %s", key, o)
	}
	r.conditions[key] = e.condition()
	if isPort {
		s.ports = sortPorts(e.ports)
	} else {
		s.addrs = sortAddrs(e.addrs)
	}
}

// undefined marks an error of a reference, for its lint number.
type undefined string

func (u undefined) Error() string { return string(u) }

func lintID(err error) string {
	if _, ok := err.(undefined); ok {
		return "L07"
	}
	if strings.Contains(err.Error(), "placeholder") {
		return "L16"
	}
	return "L17"
}

func (d *definitions) gatherRef(e *endpoint, kind *statement, c *node, depth int) error {
	def, why := d.find(kind, c.name())
	if why != "" {
		return undefined(why)
	}
	e.via = append(e.via, fmt.Sprintf("%s (%s)", describe(def), def.at))
	return d.gather(e, def, depth+1)
}

// gather adds what a group of ports or addresses holds.
func (d *definitions) gather(e *endpoint, n *node, depth int) error {
	if !n.closed {
		return fmt.Errorf("the text ends inside %s", describe(n))
	}
	if depth > maxDepth {
		return fmt.Errorf("groups refer to each other in a circle")
	}
	for _, c := range n.children {
		low := strings.ToLower(c.keyword)
		var err error
		switch kind := statementByRef[low]; {
		case c.block && c.kind != nil:
			err = d.gather(e, c, depth+1)
		case kind != nil:
			err = d.gatherRef(e, kind, c, depth)
		case low == "port":
			err = e.port(c.words, c.at)
		case low == "addr" || low == "prefix" || low == "range":
			if len(c.words) == 0 {
				err = fmt.Errorf("%s has no value", c.keyword)
			} else {
				err = e.addr(strings.Join(c.words, ""), c.at)
			}
		default:
			err = fmt.Errorf("%s holds a word that is not known", describe(n))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
