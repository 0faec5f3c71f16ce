package attls

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// conditionKeys are the conditions in the order in which they are recorded.
var conditionKeys = []string{"Direction", "LocalAddr", "RemoteAddr", "LocalPortRange", "RemotePortRange", "Jobname", "Userid", "Priority", "IpTimeCondition"}

// rolledUp are the keys that are made of several parameters.
var rolledUp = []struct {
	key     string
	f       func(*resolver) effect
	derived bool
}{
	{"tls/versions", (*resolver).versions, false},
	{"tls/suites", (*resolver).suites, false},
	{"revocation", (*resolver).revocation, true},
}

// emit records what a stack says.
func emit(rec *collect.Recorder, s *stack) error {
	base := collect.NewKey("attls", s.name)
	rules := base.Join("rule")
	cover := collect.Coverage{Prefix: rules, State: s.state, Reason: s.why}
	if s.state == collect.Open && len(s.rules) > 0 {
		cover.Through = rules.Join(s.rules[len(s.rules)-1].name)
	}
	rec.Cover(cover)
	rec.Cover(collect.Coverage{Prefix: base, State: s.state, Reason: s.why})
	at := s.at.origin
	for _, e := range []collect.Entry{
		{Key: base.Join("rules", "count"), Value: s.whole(collect.Number(int64(len(s.rules)))), At: at},
		{Key: base.Join("lint"), Value: collect.Set(s.lint...), At: at},
	} {
		if err := rec.Add(e); err != nil {
			return err
		}
	}
	if s.release != 0 {
		if err := rec.Put(base.Join("release"), collect.Text(s.release.String()), at); err != nil {
			return err
		}
	}
	if s.instance != 0 {
		if err := rec.Put(base.Join("instance"), collect.Number(s.instance), at); err != nil {
			return err
		}
	}
	for _, r := range s.rules {
		if r.doubt != "" || r.conditions["Priority"].value.IsUnknown() {
			s.unordered = r.name
			break
		}
	}
	for _, r := range s.rules {
		if r.partial != "" {
			rec.Cover(collect.Coverage{Prefix: rules.Join(r.name), State: collect.Partial, Reason: r.partial})
		}
		if err := s.emitRule(rec, rules.Join(r.name), r); err != nil {
			return err
		}
	}
	return nil
}

// whole is v, or unknown when rules may be missing.
func (s *stack) whole(v collect.Value) collect.Value {
	if s.state == collect.Partial {
		return collect.Unknown(s.why)
	}
	return v
}

// writer records the keys of one rule and stops at the first error.
type writer struct {
	rec       *collect.Recorder
	base      collect.Key
	defaulted []string
	err       error
}

func (w *writer) put(key string, e effect) {
	if w.err != nil || e.value.IsAbsent() {
		return
	}
	k := w.base + "/" + collect.Key(key)
	entry := collect.Entry{Key: k, Value: e.value, At: e.at}
	if len(e.members) > 0 && e.value.Type() == collect.TypeSet {
		entry = collect.SetEntry(k, e.at, e.members)
	}
	w.err = w.rec.Add(entry)
	if w.err == nil && e.from != "" {
		w.err = w.rec.Put(k+"/from", collect.Text(e.from), e.at)
	}
	w.defaulted = append(w.defaulted, e.defaulted...)
}

func (s *stack) emitRule(rec *collect.Recorder, base collect.Key, r *rule) error {
	w := &writer{rec: rec, base: base}
	if r.doubt != "" {
		s.emitDoubt(w, r)
		return w.err
	}
	for _, key := range conditionKeys {
		c := r.conditions[key]
		w.put(key, effect{value: c.value, at: c.at.origin, members: c.members, from: c.from})
	}
	enabled := s.across(r, func(v *resolver) effect { return v.value(need("TTLSEnabled")) })
	w.put("TTLSEnabled", enabled)
	for sc, ref := range r.refs {
		if ref != nil {
			w.put(actionStatements[sc]+"Ref", effect{value: collect.Text(ref.name), at: ref.at.origin})
		}
	}
	var versions, suites collect.Value
	if enabled.value.IsFalse() {
		// In clear on purpose: no environment is used, whatever one says.
		off := effect{at: enabled.at, from: enabled.from}
		for key, v := range map[string]collect.Value{
			"tls/versions": collect.Set(), "tls/suites": collect.List(), "HandshakeRole": collect.Text("none"),
		} {
			off.value = v
			w.put(key, off)
		}
	} else {
		for _, x := range rolledUp {
			e := s.across(r, x.f)
			if x.derived {
				e.defaulted = nil
			}
			w.put(x.key, e)
			switch x.key {
			case "tls/versions":
				versions = e.value
			case "tls/suites":
				suites = e.value
			}
		}
	}
	for _, p := range parameters {
		if p.key == "" || p.key == "TTLSEnabled" || enabled.value.IsFalse() && !p.scopes[group] {
			continue
		}
		if p.form == formInstance && !states(r, p) {
			continue
		}
		w.put(p.key, s.across(r, func(v *resolver) effect { return v.value(p) }))
	}
	w.put("order", effect{value: s.orderOf(r), at: r.at.origin})
	w.put("shadowed_by", effect{value: s.shadowOf(r), at: r.at.origin})
	w.put("lint", effect{value: collect.Set(r.meaning(enabled.value.IsTrue(), versions, suites)...), at: r.at.origin})
	if !s.listing {
		slices.Sort(w.defaulted)
		w.put("defaulted", effect{value: collect.Set(w.defaulted...), at: r.at.origin})
		w.put("lint/text", effect{value: collect.Set(r.textLint...), at: r.at.origin})
		s.upgrades(w, r)
	} else {
		for key, text := range map[string]string{"created": r.created, "updated": r.updated} {
			if text != "" {
				w.put(key, effect{value: collect.Text(text), at: r.at.origin})
			}
		}
	}
	return w.err
}

// states reports whether an action states p.
func states(r *rule, p *parameter) bool {
	for s, ref := range r.refs {
		if p.scopes[s] && ref != nil && ref.action != nil && ref.action.params[p] != nil {
			return true
		}
	}
	return false
}

// emitDoubt records a rule of which nothing is known but that it is there.
func (s *stack) emitDoubt(w *writer, r *rule) {
	e := unknown(r.at, "%s", r.doubt)
	e.from = ""
	for _, key := range conditionKeys {
		w.put(key, e)
	}
	for _, x := range rolledUp {
		w.put(x.key, e)
	}
	for _, p := range parameters {
		if p.key != "" && p.form != formInstance {
			w.put(p.key, e)
		}
	}
	w.put("order", e)
	w.put("shadowed_by", e)
	w.put("lint", effect{value: collect.Set(), at: r.at.origin})
	if !s.listing {
		w.put("defaulted", e)
		w.put("lint/text", effect{value: collect.Set(append(r.textLint, "L09 "+r.doubt)...), at: r.at.origin})
	}
}

// orderOf and shadowOf are unknown when rules may be missing, or when one with
// unknown conditions could come first.
func (s *stack) orderOf(r *rule) collect.Value {
	if s.state == collect.Partial {
		return collect.Unknown(s.why)
	}
	if s.unordered != "" {
		return collect.Unknown("the priority of rule " + s.unordered + " is not known")
	}
	return collect.Number(int64(r.order))
}

func (s *stack) shadowOf(r *rule) collect.Value {
	switch {
	case s.state == collect.Partial:
		return collect.Unknown(s.why)
	case len(s.rules) > maxCompared:
		return collect.Unknown("there are too many rules to compare them")
	case !r.comparable():
		return collect.Unknown("a condition of the rule is not known")
	case r.shadow != "":
		return collect.Set(r.shadow)
	}
	return collect.Set()
}

// meaning lists what is odd about the effective values of a rule, whatever the
// text looks like.
func (r *rule) meaning(enabled bool, versions, suites collect.Value) []string {
	out := slices.Clone(r.problems)
	if versions.Type() == collect.TypeSet && suites.Type() == collect.TypeList {
		modern := slices.ContainsFunc(suites.Items(), func(name string) bool {
			code, ok := suiteByName[name]
			return ok && suiteByCode[code].first == "TLSv1.3"
		})
		if versions.Has("TLSv1.3") && !modern {
			addLint(&out, "L05 TLSv1.3 is on, but no cipher suite of it is in the list")
		}
		if len(suites.Items()) == 0 && len(versions.Items()) > 0 {
			addLint(&out, "L05 no cipher suite of the list can be used with the versions that are on")
		}
		if len(versions.Items()) == 0 {
			addLint(&out, "L05 no protocol version is on")
		}
	}
	if g := r.refs[group]; g != nil && g.action != nil && versions.Has("TLSv1.3") {
		if f := g.action.params[need("FIPS140")]; f != nil && !strings.EqualFold(f.words[len(f.words)-1].text, "Off") {
			addLint(&out, "L05 FIPS140 is on and so is TLSv1.3, which the Policy Agent of z/OS 2.4 refuses")
		}
	}
	if r.refs[group] == nil {
		addLint(&out, "L12 the rule names no group action")
	} else if r.refs[environment] == nil && enabled {
		addLint(&out, "L12 TTLSEnabled is On, but the rule names no environment action")
	}
	if r.shadow != "" {
		addLint(&out, "L11 never reached: rule %s comes first and takes every connection it could", r.shadow)
	} else if r.rival != "" {
		addLint(&out, "L11 rule %s has the same priority and takes the same connections: the name decides", r.rival)
	}
	for key, c := range r.conditions {
		for _, m := range c.value.Items() {
			if strings.HasSuffix(key, "Addr") && strings.HasPrefix(m, "0.0.") && m != "0.0.0.0" && !strings.Contains(m, "/") {
				addLint(&out, "L17 %s holds %s: was a port number given as an address?", key, m)
			}
		}
	}
	if ref := r.refs[environment]; ref != nil && ref.action != nil {
		if k := ref.action.params[need("Keyring")]; k != nil {
			if text := k.words[len(k.words)-1].text; placeholder(text) || strings.EqualFold(text, "userid/keyring") {
				addLint(&out, "L16 the key ring is a placeholder that was never filled in")
			}
		}
	}
	return out
}

// upgrades records what each later release would change without the text having
// changed.
func (s *stack) upgrades(w *writer, r *rule) {
	if s.release == 0 {
		return
	}
	for _, next := range supported {
		if next <= s.release {
			continue
		}
		now, then := &resolver{s, r, s.release}, &resolver{s, r, next}
		if v := now.value(need("TTLSEnabled")).value; v.IsFalse() {
			w.put("upgrade/"+next.String(), effect{value: collect.Set(), at: r.at.origin})
			continue
		}
		var changes []string
		compare := func(key string, f func(*resolver) effect) {
			if a, b := f(now).value, f(then).value; a.Compare(b) != 0 && !a.IsUnknown() {
				changes = append(changes, fmt.Sprintf("%s: %s -> %s", key, shown(a), shown(b)))
			}
		}
		for _, x := range rolledUp {
			compare(x.key, x.f)
		}
		for _, p := range parameters {
			// Defaults of lists also follow the versions, so they are always tried.
			if p.key != "" && (p.form.list() || p.varies([]release{s.release, next})) {
				compare(p.key, func(v *resolver) effect { return v.value(p) })
			}
		}
		w.put("upgrade/"+next.String(), effect{value: collect.Set(changes...), at: r.at.origin})
	}
}

// shown is v for people.
func shown(v collect.Value) string {
	switch {
	case v.IsAbsent():
		return "nothing"
	case v.IsUnknown():
		return "not known (" + v.Raw() + ")"
	}
	return v.String()
}
