package attls

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

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
	if len(r.name) > maxName {
		addLint(&r.textLint, "L14 the name of the rule is longer than %d characters, which the Policy Agent refuses", maxName)
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
		err = d.gatherRef(e, kind, c)
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

func (d *definitions) gatherRef(e *endpoint, kind *statement, c *node) error {
	def, why := d.find(kind, c.name())
	if why != "" {
		return undefined(why)
	}
	if len(e.via) > 20 {
		e.via = e.via[:20] // enough for people
	}
	e.via = append(e.via, fmt.Sprintf("%s (%s)", describe(def), def.at))
	return d.gather(e, def)
}

// maxMembers is how many ports or addresses a condition may hold.
const maxMembers = 1 << 16

// gather adds what a group of ports or addresses holds.
func (d *definitions) gather(e *endpoint, n *node) error {
	if !n.closed {
		return fmt.Errorf("the text ends inside %s", describe(n))
	}
	for _, c := range n.children {
		low := strings.ToLower(c.keyword)
		var err error
		// What a group may hold is no group, so this ends.
		switch kind := statementByRef[low]; {
		case len(e.members) > maxMembers:
			err = fmt.Errorf("the group has more than %d members", maxMembers)
		case c.block && c.kind != nil && slices.Contains(c.kind.in, n.kind.name):
			err = d.gather(e, c)
		case kind != nil && slices.Contains(kind.in, n.kind.name):
			err = d.gatherRef(e, kind, c)
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
