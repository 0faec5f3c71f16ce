package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
	"github.com/open-policy-agent/opa/v1/ast"
)

// Engine judges systems with packs under the policy data of a site. It may be
// used by several goroutines.
type Engine struct {
	packs  []*Pack
	infos  []PackInfo
	site   *site
	checks []*boundCheck
}

// boundCheck is a check with the parameters of a site.
type boundCheck struct {
	*check
	parameters *ast.Term
	mu         sync.Mutex
	memo       map[string]*verdict
}

// memoLimit bounds how many answers of one check are remembered. Entities that
// are all different would otherwise fill the memory.
const memoLimit = 1 << 16

// NewEngine binds packs to a site. A parameter that would make a requirement
// laxer than the standard has it is an error.
func NewEngine(packs []*Pack, s Site) (*Engine, error) {
	compiled, err := s.compile()
	problems := []error{err}
	e := &Engine{packs: packs, site: compiled}
	owner, mitigated := map[string]string{}, map[string]bool{}
	for _, p := range packs {
		info := p.Info
		info.Parameters = compiled.digest
		e.infos = append(e.infos, info)
		for _, c := range p.checks {
			if owner[c.ID] != "" {
				problems = append(problems, fmt.Errorf("check %s is in both pack %s and pack %s", c.ID, owner[c.ID], p.Info.Name))
				continue
			}
			owner[c.ID] = p.Info.Name
			mitigated[c.ID] = c.meta.Exception == exceptionMitigated
			b := &boundCheck{check: c, memo: map[string]*verdict{}}
			if b.parameters, err = c.bind(s.Parameters[c.ID]); err != nil {
				problems = append(problems, fmt.Errorf("parameters of check %s: %w", c.ID, err))
			}
			e.checks = append(e.checks, b)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.Parameters)) {
		if owner[id] == "" {
			problems = append(problems, fmt.Errorf("parameters are set for check %q, which no pack has", id))
		}
	}
	for i, a := range s.Allow {
		if owner[a.Check] == "" {
			problems = append(problems, fmt.Errorf("allow entry %d: no pack has a check %q", i+1, a.Check))
		}
		if mitigated[a.Check] && a.Mitigation == "" {
			problems = append(problems, fmt.Errorf("allow entry %d: check %s is about an insecure service, so mitigation must be given", i+1, a.Check))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return e, nil
}

// bind gives the parameters of a check their values: the site's, else the
// defaults.
func (c *check) bind(set map[string]any) (*ast.Term, error) {
	values := map[string]any{}
	for name, p := range c.meta.Parameters {
		values[name] = p.Default
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		p, ok := c.meta.Parameters[name]
		if !ok {
			known := strings.Join(slices.Sorted(maps.Keys(c.meta.Parameters)), ", ")
			return nil, fmt.Errorf("%q is not one of its parameters (%s)", name, known)
		}
		if err := p.check(set[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		values[name] = set[name]
	}
	v, err := ast.InterfaceToValue(values)
	return ast.NewTerm(v), err
}

// Checks returns every check of the engine.
func (e *Engine) Checks() []Check {
	out := make([]Check, len(e.checks))
	for i, c := range e.checks {
		out[i] = c.Check
	}
	return out
}

// Catalogues returns the catalogues of the packs, one for each standard.
func (e *Engine) Catalogues() []*Catalogue {
	var out []*Catalogue
	for _, p := range e.packs {
		if !slices.ContainsFunc(out, func(c *Catalogue) bool { return c.Standard == p.Info.Standard }) {
			out = append(out, p.Catalogue)
		}
	}
	return out
}

// scope is what all entities of a system have in common for a rule.
type scope struct {
	System
	term  *ast.Term // input.system
	memo  string    // begins the memo keys of the system
	taken string
	parts []*collect.Part // for the facts that come from their headers
	// matching puts AT-TLS rules and zERT services side by side.
	matching *matching
	// views compares policy files with the policy in force.
	views *views
}

func (e *Engine) scopeOf(sys System, taken string) (*scope, error) {
	tags := slices.Sorted(slices.Values(sys.Tags))
	terms := make([]*ast.Term, len(tags))
	for i, t := range tags {
		terms[i] = ast.StringTerm(t)
	}
	s := &scope{System: sys, taken: taken}
	s.term = ast.ObjectTerm(
		[2]*ast.Term{ast.StringTerm("platform"), ast.StringTerm(sys.Platform)},
		[2]*ast.Term{ast.StringTerm("tags"), ast.ArrayTerm(terms...)},
	)
	facts, err := json.Marshal(sys.Facts)
	if err != nil {
		return nil, fmt.Errorf("facts of system %s: %w", sys.ID, err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %q %s", sys.Platform, tags, facts))
	s.memo = string(sum[:16])
	return s, nil
}

// severity is the severity of a check on a system: a step higher where card
// data is.
func (s *scope) severity(c *check) string {
	i := slices.Index(severities, c.Severity)
	if i > 0 && slices.Contains(s.Tags, "cde") {
		i--
	}
	return severities[i]
}

// findingID is stable over runs, and over releases of the pack.
func findingID(pack, check, system, entity string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%s", pack, check, system, entity))
	return "F-" + hex.EncodeToString(sum[:8])
}
