package rules

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// AT-TLS policies say how traffic should be protected, zERT how it was. This
// file puts the two side by side: for each service that zERT saw it finds the
// AT-TLS rules that take its connections, the way a stack does it: in order of
// priority, and the first that matches wins.
//
// A service is many connections, and zERT does not tell everything about each:
// the client's port and, of a client, the own address are not known. So a rule
// takes all, some or none of the connections of a service. The search ends at
// the first rule that takes all; every rule before it that takes some is a
// candidate, too. What only one of several candidates forbids is not held
// against a service.
//
// Finding the rules is done here and gives the facts "declared", of a service,
// and "observed", of an AT-TLS rule; what they mean is for the checks.

// share says how much of the connections of a service a condition takes.
type share int

const (
	takesNone share = iota
	takesSome       // or it is not known
	takesAll
)

// policyRule is an AT-TLS rule as far as matching needs it.
type policyRule struct {
	entity collect.Key
	name   string
	order  int64 // 0: not known
	values map[string]slot

	services      int // that it can take connections of
	clear         int // of those that only it takes, with unprotected sessions
	versions      map[string]bool
	suites        map[string]bool
	cited         []citation
	citedEntities int
}

// declaration is what the policy says about a service.
type declaration struct {
	covered share
	rules   []*policyRule
	fact    map[string]any
}

// matching is the outcome for one system.
type matching struct {
	why      string                   // there is none; why
	rules    map[string][]*policyRule // by stack, in order
	entities map[collect.Key]*policyRule
	services map[collect.Key]*declaration
	shared   map[string]*declaration // by stack and candidates
}

// citation is a key that a finding rests on beside those of its own entity.
type citation struct {
	part  int
	key   collect.Key
	value []byte
}

// citedServices is how many services are cited as evidence about an AT-TLS rule.
const citedServices = 3

// Patterns of the entities that are matched.
var (
	policyPattern  = mustPattern("attls/<stack>/rule/<rule>")
	servicePattern = mustPattern("zert/<system>/<stack>/<role>/<job>/<endpoint>")
)

func mustPattern(text string) pattern {
	p, err := parsePattern(text)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return p
}

// The values that are read of either entity.
var (
	policyValues = []string{"order", "Direction", "LocalAddr", "LocalPortRange", "RemoteAddr", "RemotePortRange", "Jobname", "Userid",
		"IpTimeCondition", "TTLSEnabled", "ApplicationControlled", "tls/versions", "tls/suites"}
	serviceValues = []string{"protection", "users", "peer_networks", "tls/versions", "tls/suites"}
)

// needsMatching reports whether the fact is one that this file computes, and
// the namespace that it is computed from.
func needsMatching(fact string) (from collect.Key, what string, yes bool) {
	switch fact {
	case "declared":
		return "attls", "no AT-TLS policy of the system was read", true
	case "observed":
		return "zert", "no zERT records of the system were read", true
	}
	return "", "", false
}

// matchDeclared reads AT-TLS rules and zERT services, which sort behind them, in
// one pass. Rules are few and are kept; of services only what was found is.
func (j *judge) matchDeclared(ctx context.Context) error {
	m := &matching{rules: map[string][]*policyRule{}, entities: map[collect.Key]*policyRule{}, services: map[collect.Key]*declaration{}, shared: map[string]*declaration{}}
	j.scope.matching = m
	wanted, policies, seen := false, false, false
	for _, g := range j.groups {
		for _, c := range g.checks {
			for _, f := range c.facts {
				_, _, yes := needsMatching(f.name)
				wanted = wanted || yes
			}
		}
	}
	j.scope.speakers("attls", func(*collect.Header) { policies = true })
	j.scope.speakers("zert", func(*collect.Header) { seen = true })
	switch {
	case !wanted:
		return nil
	case !policies:
		_, m.why, _ = needsMatching("declared")
		return nil
	case !seen:
		_, m.why, _ = needsMatching("observed")
		return nil
	}
	system, err := j.smfSystem(ctx)
	if err != nil || m.why != "" {
		return err
	}
	rules := entityReader{pattern: &policyPattern, names: policyValues, done: m.addRule}
	services := entityReader{pattern: &servicePattern, names: serviceValues, done: func(entity collect.Key, v map[string]slot) {
		m.addService(system, entity, v)
	}}
	err = mergeForms(ctx, j.parts, func(f *fact) error {
		rules.read(f)
		if services.entity == "" && bytes.HasPrefix(f.key, []byte("zert/")) {
			rules.end()
			m.sort()
		}
		services.read(f)
		return nil
	})
	rules.end()
	m.sort()
	services.end()
	return err
}

// smfSystem returns the SMF system id whose services belong to this system: the
// only one of the records, or the one that is called as the system is. Policies
// name no system, so of several others none can be chosen.
func (j *judge) smfSystem(ctx context.Context) (string, error) {
	ids := map[string]bool{}
	err := mergeForms(ctx, j.parts, func(f *fact) error {
		if rest, ok := bytes.CutPrefix(f.key, []byte("zert/")); ok {
			id, _, _ := bytes.Cut(rest, []byte("/"))
			ids[string(id)] = true
		}
		return nil
	})
	all := slices.Sorted(maps.Keys(ids))
	for _, id := range all {
		if len(all) == 1 || strings.EqualFold(collect.UnescapeSegment(id), j.scope.ID) {
			return id, err
		}
	}
	if len(all) > 1 {
		j.scope.matching.why = "the zERT records are of several systems (" + strings.Join(all, ", ") + "), and none of them is called " + j.scope.ID + " as the AT-TLS policy is"
	}
	return "", err
}

// entityReader gathers values of one entity after another.
type entityReader struct {
	pattern *pattern
	names   []string
	done    func(collect.Key, map[string]slot)
	entity  collect.Key
	values  map[string]slot
}

func (r *entityReader) read(f *fact) {
	n, ok := r.pattern.head(f.key)
	if !ok {
		return
	}
	if string(r.entity) != string(f.key[:n]) {
		r.end()
		r.entity, r.values = collect.Key(f.key[:n]), map[string]slot{}
	}
	if rest := string(f.key[n+1:]); slices.Contains(r.names, rest) {
		r.values[rest] = slot{seen: true, form: bytes.Clone(f.form), at: reading{f.part, f.others, f.forms}}
	}
}

func (r *entityReader) end() {
	if r.entity != "" {
		r.done(r.entity, r.values)
	}
	r.entity, r.values = "", nil
}

func (m *matching) addRule(entity collect.Key, values map[string]slot) {
	names := policyPattern.captures(entity)
	r := &policyRule{entity: entity, name: names["rule"], values: values, versions: map[string]bool{}, suites: map[string]bool{}}
	if s := values["order"]; s.seen && !s.unknown() {
		r.order, _ = strconv.ParseInt(string(s.form), 10, 64)
	}
	m.rules[names["stack"]] = append(m.rules[names["stack"]], r)
	m.entities[entity] = r
}

func (m *matching) sort() {
	for _, list := range m.rules {
		slices.SortStableFunc(list, func(a, b *policyRule) int { return cmp.Compare(a.order, b.order) })
	}
}

// stackRules returns the rules of a stack; "*" stands for the stack of a policy
// file that was read without saying whose it is.
func (m *matching) stackRules(stack string) []*policyRule {
	if own := m.rules[stack]; own != nil {
		return own
	}
	return m.rules["*"]
}

func (m *matching) addService(system string, entity collect.Key, values map[string]slot) {
	names := servicePattern.captures(entity)
	if segments := strings.SplitN(string(entity), "/", 3); segments[1] != system || names["role"] != "server" && names["role"] != "client" {
		return // of another system, or not TCP
	}
	svc := newService(names, values)
	d := &declaration{}
	id := names["stack"]
	for _, r := range m.stackRules(names["stack"]) {
		how := r.takes(svc)
		if how == takesNone {
			continue
		}
		if r.order == 0 {
			how = takesSome // another rule may come first
		}
		d.rules = append(d.rules, r)
		d.covered = max(d.covered, how)
		id += "\x00" + string(r.entity)
		if how == takesAll {
			break
		}
	}
	id += "\x00" + strconv.Itoa(int(d.covered))
	if known := m.shared[id]; known != nil {
		d = known
	} else {
		m.shared[id] = d
		d.settle()
	}
	m.services[entity] = d
	for _, r := range d.rules {
		r.observe(entity, svc, values, len(d.rules) == 1 && d.covered == takesAll)
	}
}

// settle works out the fact from the candidates.
func (d *declaration) settle() {
	on, off, known := 0, 0, true
	application := false
	versions, suites := map[string]bool{}, map[string]bool{}
	names := make([]string, len(d.rules))
	for i, r := range d.rules {
		names[i] = r.name
		switch string(r.values["TTLSEnabled"].form) {
		case "true":
			on++
		case "false":
			off++
		default:
			known = false
		}
		application = application || string(r.values["ApplicationControlled"].form) == "true"
		for name, into := range map[string]map[string]bool{"tls/versions": versions, "tls/suites": suites} {
			list, ok := members(r.values[name])
			known = known && ok
			for _, s := range list {
				into[s] = true
			}
		}
	}
	d.fact = map[string]any{
		"covered": [...]string{"none", "some", "all"}[d.covered],
		"rules":   names, "on": on, "off": off, "known": known, "application_controlled": application,
		"versions": slices.AppendSeq([]string{}, sorted(versions)), "suites": slices.AppendSeq([]string{}, sorted(suites)),
	}
}

func sorted(set map[string]bool) func(func(string) bool) {
	return slices.Values(slices.Sorted(maps.Keys(set)))
}

// observe notes that a rule takes connections of a service; alone: all of them.
func (r *policyRule) observe(entity collect.Key, svc *service, values map[string]slot, alone bool) {
	r.services++
	for name, into := range map[string]map[string]bool{"tls/versions": r.versions, "tls/suites": r.suites} {
		list, _ := members(values[name])
		for _, s := range list {
			into[s] = true
		}
	}
	bare := slices.Contains(svc.protection, "none")
	if alone && bare {
		r.clear++
	}
	if r.citedEntities < citedServices || alone && bare && r.clear == 1 {
		r.citedEntities++
		r.cited = cite(r.cited, entity, values, "protection", "tls/versions", "tls/suites")
	}
}

func (r *policyRule) fact() map[string]any {
	return map[string]any{
		"services": r.services, "clear": r.clear,
		"versions": slices.AppendSeq([]string{}, sorted(r.versions)), "suites": slices.AppendSeq([]string{}, sorted(r.suites)),
	}
}

// cite appends where values of an entity were read.
func cite(to []citation, entity collect.Key, values map[string]slot, names ...string) []citation {
	for _, name := range names {
		if s := values[name]; s.seen {
			to = append(to, citation{s.at.part, entity + "/" + collect.Key(name), s.form})
		}
	}
	return to
}

// evidence returns what the facts declared and observed of an entity rest on.
func (m *matching) evidence(c *check, entity collect.Key) (out []citation) {
	if m == nil {
		return nil
	}
	for _, f := range c.facts {
		switch f.name {
		case "declared":
			if d := m.services[entity]; d != nil {
				for _, r := range d.rules[:min(len(d.rules), citedServices)] {
					out = cite(out, r.entity, r.values, "TTLSEnabled", "tls/versions", "tls/suites")
				}
			}
		case "observed":
			if r := m.entities[entity]; r != nil {
				out = append(out, r.cited...)
			}
		}
	}
	return out
}

// factOf returns the fact of an entity, or why there is none.
func (m *matching) factOf(name string, entity collect.Key) (value any, why string) {
	switch {
	case m == nil:
		return nil, "AT-TLS policy and zERT records were not compared"
	case m.why != "":
		return nil, m.why
	case name == "observed" && m.entities[entity] != nil:
		return m.entities[entity].fact(), ""
	case name == "declared" && m.services[entity] != nil:
		return m.services[entity].fact, ""
	}
	return nil, "AT-TLS rules are matched with TCP services of this system whose role is known"
}
