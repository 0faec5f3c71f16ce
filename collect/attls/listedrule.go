package attls

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// pair takes a label and value of a rule, before its actions.
func (r *listedRule) pair(label, value string, at place) string {
	switch label {
	case "Rule Type":
		r.foreign = !strings.EqualFold(value, "TTLS")
	case "Version", "Status", "Weight", "ForLoadDist", "Sequence Actions", "ActionType", "Action Sequence":
	case "Priority":
		v, err := (&parameter{name: label, form: formNumber, high: 2000000000}).read(value)
		if err != nil {
			r.conditions["Priority"] = unknownCondition(err.Error(), at)
			break
		}
		r.priority, _ = v.Int()
		r.conditions["Priority"] = condition{value: v, at: at, from: at.String()}
	case "No. Policy Action":
		if n, err := strconv.Atoi(value); err == nil {
			r.wanted = n
		}
	case "policyAction":
		r.named = append(r.named, value)
	case "Time Periods", "Day of Month Mask", "TimeZone", "Fr TimeOfDay UTC", "To TimeOfDay UTC":
	case "First to Last", "Last to First", "Month of Yr Mask", "Day of Week Mask":
		mask, _, _ := strings.Cut(value, " ")
		if strings.ContainsRune(mask, '0') {
			r.time = append(r.time, collect.Member{Text: label + " " + mask, At: at.origin})
		}
	case "Start Date Time", "End Date Time":
		if !strings.EqualFold(value, "None") {
			r.time = append(r.time, collect.Member{Text: label + " " + value, At: at.origin})
		}
	case "Fr TimeOfDay":
		if value != "00:00" {
			r.time = append(r.time, collect.Member{Text: "From " + value, At: at.origin})
		}
	case "To TimeOfDay":
		if value != "24:00" {
			r.time = append(r.time, collect.Member{Text: "To " + value, At: at.origin})
		}
	case "TTLS Condition Summary":
		r.summary = true
	case "NegativeIndicator":
		r.negative = !strings.EqualFold(value, "Off")
	case "Local Address", "Remote Address":
		r.side = strings.Fields(label)[0]
	case "FromAddr", "LocalPortFrom", "RemotePortFrom":
		r.from = value
	case "ToAddr":
		return r.addr(value, at)
	case "LocalPortTo":
		return r.port("Local", value, at)
	case "RemotePortTo":
		return r.port("Remote", value, at)
	case "JobName", "UserId":
		key := map[string]string{"JobName": "Jobname", "UserId": "Userid"}[label]
		if value == "" {
			value = "*"
		}
		r.conditions[key] = condition{value: collect.Text(value), at: at, from: at.String()}
	case "ServiceDirection":
		r.direction = true
		r.conditions["Direction"] = unknownCondition("Direction is none of Inbound, Outbound, Both", at)
		for _, w := range []string{"Inbound", "Outbound", "Both"} {
			if strings.EqualFold(w, value) {
				r.conditions["Direction"] = condition{value: collect.Text(w), at: at, from: at.String()}
			}
		}
	case "Policy created":
		r.created = value
	case "Policy updated":
		r.updated, r.stamped = value, true
	default:
		if !r.summary {
			// The lists of a group come before the summary, in a layout of which no
			// sample was at hand.
			r.groups = true
		}
		return ignoredUnknown
	}
	return ""
}

// ends returns where addresses or ports of one side go: those before the
// summary are the lists of a group.
func (r *listedRule) ends(side string) *endpoint {
	if !r.summary {
		r.groups = true
	}
	switch {
	case side == "Local" && r.summary:
		return r.localSum
	case side == "Local":
		return r.local
	case r.summary:
		return r.remoteSum
	}
	return r.remote
}

func (r *listedRule) addr(to string, at place) string {
	text := r.from
	if !strings.EqualFold(to, r.from) {
		text += "-" + to
	}
	e := r.ends(r.side)
	if err := e.addr(text, at); err != nil {
		e.odd = append(e.odd, "unreadable address")
	}
	e.via = []string{"addresses"}
	e.at = at
	return ""
}

func (r *listedRule) port(side, to string, at place) string {
	p := &endpoint{at: at}
	err := p.port([]string{r.from + "-" + to}, at)
	e := r.ends(side)
	switch {
	case err != nil:
		e.odd = append(e.odd, "unreadable port")
	default:
		e.ports = append(e.ports, p.ports...)
	}
	return ""
}

// finishRule checks that the rule is whole and hands it to its stack.
func (r *listingReader) finishRule() {
	r.endAction()
	l := r.rule
	if l == nil || l.foreign {
		return
	}
	r.rule = nil
	switch {
	case l.wanted < 0 || !l.direction || !l.stamped || len(l.named) != l.wanted:
		l.partial = "the listing stops inside the rule"
	case len(l.actions) != l.wanted || slices.ContainsFunc(l.actions, func(a *listedAction) bool { return !a.stamped }):
		l.partial = fmt.Sprintf("the rule has %d actions, but not all of them are listed to their end", l.wanted)
	}
	if strings.HasPrefix(l.partial, "the listing stops") || strings.HasPrefix(l.partial, "the rule has") {
		l.doubt = l.partial
	}
	l.conditions["IpTimeCondition"] = condition{value: collect.SetEntry("", l.at.origin, l.time).Value, members: l.time, at: l.at, from: l.at.String()}
	l.side2("Local", l.local, l.localSum, &l.rule.local)
	l.side2("Remote", l.remote, l.remoteSum, &l.rule.remote)
	for _, key := range conditionKeys {
		if _, ok := l.conditions[key]; !ok {
			l.conditions[key] = unknownCondition("the listing does not show it", l.at)
		}
	}
	for _, a := range l.actions {
		if a.scope < scopes {
			l.refs[a.scope] = &reference{name: a.name, at: a.at, action: a.action}
		}
	}
	r.stack.add(l.rule)
}

// side2 makes the conditions of one side: of the lists of a group when they were
// shown, because a summary gives only the lowest and highest of them.
func (r *listedRule) side2(side string, list, sum *endpoint, s *span) {
	s.known = true
	for _, kind := range []string{"Addr", "PortRange"} {
		key := side + kind
		e := &endpoint{at: sum.at, via: []string{key}}
		take := func(from *endpoint) {
			for _, m := range from.addrs {
				if kind == "Addr" {
					e.addrs = append(e.addrs, m)
					e.members = append(e.members, collect.Member{Text: m.String(), At: from.at.origin})
				}
			}
			for _, m := range from.ports {
				if kind == "PortRange" {
					e.ports = append(e.ports, m)
					e.members = append(e.members, collect.Member{Text: m.String(), At: from.at.origin})
				}
			}
		}
		take(list)
		if len(e.members) == 0 {
			take(sum)
		}
		ranged := len(e.members) > 0 && strings.Contains(e.members[0].Text, "-")
		switch {
		case r.negative:
			r.conditions[key] = unknownCondition("the condition is negated (NegativeIndicator)", sum.at)
			s.known = false
		case len(sum.odd) > 0 || len(list.odd) > 0:
			r.conditions[key] = unknownCondition("an address or port could not be read", sum.at)
			s.known = false
		case r.groups && len(list.addrs)+len(list.ports) == 0 && ranged:
			r.conditions[key] = unknownCondition("the listing shows a group in a layout that is not known, and its summary only names the lowest and highest", sum.at)
			s.known = false
		default:
			e.every = len(e.members) == 0
			r.conditions[key] = e.condition()
		}
		if kind == "Addr" {
			s.addrs = sortAddrs(e.addrs)
		} else {
			s.ports = sortPorts(e.ports)
		}
	}
}

// add takes a rule; one that is listed again must say the same.
func (s *stack) add(r *rule) {
	for i, o := range s.rules {
		if o.name != r.name {
			continue
		}
		switch {
		case o.doubt != "":
			s.rules[i] = r
		case r.doubt == "" && !s.same(o, r):
			o.doubt = "the rule is listed twice with different contents: two listings in one extract?"
		}
		return
	}
	s.rules = append(s.rules, r)
}

// same reports whether two rules have the same effective values.
func (s *stack) same(a, b *rule) bool {
	for key, c := range a.conditions {
		if c.value.Compare(b.conditions[key].value) != 0 {
			return false
		}
	}
	for sc := range scopes {
		x, y := a.refs[sc], b.refs[sc]
		if (x == nil) != (y == nil) {
			return false
		}
		if x == nil {
			continue
		}
		if x.name != y.name || len(x.action.params) != len(y.action.params) {
			return false
		}
		for p, st := range x.action.params {
			other := y.action.params[p]
			if other == nil || len(st.words) != len(other.words) {
				return false
			}
			for i, w := range st.words {
				if w.text != other.words[i].text {
					return false
				}
			}
		}
	}
	return true
}
