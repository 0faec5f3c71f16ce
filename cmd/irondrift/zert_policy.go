package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/attls"
	"github.com/irondrift/irondrift/collect/zert"
)

// The statements of zERT policy-based enforcement stand in no public document
// that we know. So a Policy Agent file is read by the grammar that all its
// policies share; who and where (addresses, ports, job, user, direction) is asked
// as in AT-TLS rules; and what the other names mean a site says in its
// configuration. A rule with a name that nobody explains is listed and not
// evaluated.

// enforceWord says what a parameter of a Policy Agent file means.
type enforceWord struct {
	Parameter string   `yaml:"parameter"`
	Value     string   `yaml:"value"`  // "" for any
	Where     string   `yaml:"where"`  // the parameter holds when this does
	Action    []string `yaml:"action"` // what the rule does
	Ignore    bool     `yaml:"ignore"` // says nothing that matters here

	condition condition
}

func (w *enforceWord) check() error {
	var err error
	switch n := len(w.Action); {
	case w.Parameter == "":
		return errors.New("parameter is missing")
	case w.Where != "" && n == 0 && !w.Ignore:
		w.condition, err = compileCondition(w.Where)
	case w.Where == "" && n > 0 && !w.Ignore:
		_, err = actionText(w.Action)
	case w.Where == "" && n == 0 && w.Ignore:
	default:
		return fmt.Errorf("parameter %s: give one of where, action and ignore", w.Parameter)
	}
	if err != nil {
		return fmt.Errorf("parameter %s: %w", w.Parameter, err)
	}
	return nil
}

// policyRules reads the enforcement rules of a Policy Agent file.
type policyRules struct {
	cfg  *enforceConfig
	file string
	top  []attls.Block
	used map[*attls.Block]bool
}

// readEnforcePolicy returns the rules in the order in which they are tried, and
// what of the file was not read.
func readEnforcePolicy(ctx context.Context, f *collect.File, cfg *enforceConfig) (rules []*enforceRule, odd []string, err error) {
	p := &policyRules{cfg: cfg, file: filepath.Base(f.Name), used: map[*attls.Block]bool{}}
	if p.top, odd, err = attls.ReadBlocks(ctx, f); err != nil {
		return nil, nil, err
	}
	for i := range odd {
		odd[i] += "; the Policy Agent installs nothing while a file has an error"
	}
	type ranked struct {
		*enforceRule
		priority int
	}
	var all []ranked
	for i := range p.top {
		b := &p.top[i]
		if !p.isRule(b) {
			continue
		}
		p.used[b] = true
		r, priority := p.rule(b)
		// Which of two definitions counts is not documented.
		if i := slices.IndexFunc(all, func(o ranked) bool { return o.name == r.name }); i >= 0 {
			why := fmt.Sprintf("%s:%d: a second rule of this name", p.file, b.Line)
			all[i].unread, all[i].action = append(all[i].unread, why), ""
			r.unread, r.action = append(r.unread, why), ""
		}
		all = append(all, ranked{r, priority})
	}
	if len(all) == 0 {
		return nil, nil, &hinted{fmt.Errorf("%s: no statement of the file is known to be an enforcement rule", collect.QuoteName(f.Name)),
			"zert_enforcement: policy_rules in the configuration names the statements that are rules"}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.priority, a.priority), strings.Compare(a.name, b.name))
	})
	for _, r := range all {
		rules = append(rules, r.enforceRule)
	}
	for i := range p.top {
		if b := &p.top[i]; !p.used[b] {
			odd = append(odd, fmt.Sprintf("%s:%d: %s is part of no rule and was not read", p.file, b.Line, strings.TrimSpace(b.Keyword+" "+b.Name())))
		}
	}
	return rules, odd, nil
}

// isRule reports whether a statement is an enforcement rule.
func (p *policyRules) isRule(b *attls.Block) bool {
	if !b.Braces {
		return false
	}
	if len(p.cfg.RuleStatements) > 0 {
		return slices.ContainsFunc(p.cfg.RuleStatements, func(s string) bool { return strings.EqualFold(s, b.Keyword) })
	}
	low := strings.ToLower(b.Keyword)
	return strings.HasPrefix(low, "zert") && strings.HasSuffix(low, "rule")
}

// ruleReader gathers what a rule says, in whatever block it says it.
type ruleReader struct {
	*policyRules
	rule     *enforceRule
	priority int
	actions  []string
	// any holds, by keyword, conditions of which one must hold: a parameter that
	// is repeated lists alternatives.
	any   map[string][]condition
	order []string
}

func (p *policyRules) rule(b *attls.Block) (*enforceRule, int) {
	r := &ruleReader{policyRules: p, rule: &enforceRule{name: b.Name()}, priority: 1, any: map[string][]condition{}}
	if r.rule.name == "" {
		r.rule.name = fmt.Sprintf("%s:%d", p.file, b.Line)
	}
	r.block(b, 0)
	for _, keyword := range r.order {
		r.rule.conditions = append(r.rule.conditions, anyOf(r.any[keyword]))
	}
	action, err := actionText(r.actions)
	if err != nil {
		r.unread(b, "nothing in it is known to be an action, or its actions exclude each other")
		action = ""
	}
	if len(r.rule.unread) > 0 {
		action = "" // what is not read may be an action, too
	}
	r.rule.action = action
	return r.rule, r.priority
}

func (r *ruleReader) unread(b *attls.Block, why string) {
	r.rule.unread = append(r.rule.unread, fmt.Sprintf("%s:%d: %s", r.file, b.Line, why))
}

// maxReferences bounds how deep blocks refer to each other.
const maxReferences = 8

// block reads the parameters of a rule, of a block in it, or of one it refers to.
func (r *ruleReader) block(b *attls.Block, depth int) {
	if depth > maxReferences {
		r.unread(b, "blocks refer to each other too deeply")
		return
	}
	for i := range b.Children {
		c := &b.Children[i]
		low := strings.ToLower(c.Keyword)
		switch {
		case low == "priority" && len(c.Words) > 0:
			n, err := strconv.Atoi(c.Words[0])
			if err != nil {
				r.unread(c, "Priority is not a number")
			}
			r.priority = n
		case builtinConditions[strings.TrimSuffix(low, "ref")] != nil || addressWords[low]:
			r.endpoints(c, low)
		case c.Braces:
			r.block(c, depth+1)
		case r.word(c):
		case strings.HasSuffix(low, "ref") && len(c.Words) > 0:
			target := r.named(strings.TrimSuffix(low, "ref"), c.Words[0])
			if target == nil {
				r.unread(c, fmt.Sprintf("%s %s names no statement of the file", c.Keyword, c.Words[0]))
				continue
			}
			r.block(target, depth+1)
		default:
			r.unread(c, "the meaning of "+strings.TrimSpace(c.Keyword+" "+strings.Join(c.Words, " "))+" is not known")
		}
	}
}

// named returns the statement that a reference means.
func (r *ruleReader) named(keyword, name string) *attls.Block {
	for i := range r.top {
		if b := &r.top[i]; b.Braces && b.Name() == name && strings.EqualFold(b.Keyword, keyword) {
			r.used[b] = true
			return b
		}
	}
	return nil
}

// word reads a parameter that the configuration explains.
func (r *ruleReader) word(c *attls.Block) bool {
	value := strings.Join(c.Words, " ")
	for i := range r.cfg.Words {
		w := &r.cfg.Words[i]
		if !strings.EqualFold(w.Parameter, c.Keyword) || w.Value != "" && !strings.EqualFold(w.Value, value) {
			continue
		}
		switch {
		case w.Where != "":
			r.condition(strings.ToLower(c.Keyword), w.condition)
		case len(w.Action) > 0:
			for _, a := range w.Action {
				if !slices.Contains(r.actions, a) {
					r.actions = append(r.actions, a)
				}
			}
		}
		return true
	}
	return false
}

func (r *ruleReader) condition(keyword string, c condition) {
	if r.any[keyword] == nil {
		r.order = append(r.order, keyword)
	}
	r.any[keyword] = append(r.any[keyword], c)
	for _, f := range c.reads {
		if !slices.ContainsFunc(r.rule.reads, func(x zert.Field) bool { return x.Name == f.Name }) {
			r.rule.reads = append(r.rule.reads, f)
		}
	}
}

// anyOf holds when one of its conditions does.
func anyOf(list []condition) condition {
	return condition{match: func(s *zert.Session) (answer, string, error) {
		out, why := matchNo, ""
		for _, c := range list {
			a, w, err := c.match(s)
			if err != nil || a == matchYes {
				return a, "", err
			}
			if a > out {
				out, why = a, w
			}
		}
		return out, why, nil
	}}
}

// builtinConditions are who and where, by lower-case keyword, as AT-TLS rules
// ask it.
var builtinConditions = map[string]func(words []string) (func(*zert.Session) answer, error){
	"direction":       directionCondition,
	"jobname":         func(w []string) (func(*zert.Session) answer, error) { return maskCondition(w, "job") },
	"userid":          func(w []string) (func(*zert.Session) answer, error) { return maskCondition(w, "user") },
	"localaddr":       func(w []string) (func(*zert.Session) answer, error) { return addressCondition(w, true) },
	"remoteaddr":      func(w []string) (func(*zert.Session) answer, error) { return addressCondition(w, false) },
	"localportrange":  func(w []string) (func(*zert.Session) answer, error) { return portCondition(w, true) },
	"remoteportrange": func(w []string) (func(*zert.Session) answer, error) { return portCondition(w, false) },
}

// addressWords refer to groups of addresses and ports.
var addressWords = map[string]bool{
	"localaddrsetref": true, "remoteaddrsetref": true, "localaddrgroupref": true, "remoteaddrgroupref": true,
	"localportgroupref": true, "remoteportgroupref": true,
}

// endpoints reads a condition about who or where, directly or by reference.
func (r *ruleReader) endpoints(c *attls.Block, low string) {
	keyword := low
	for _, tail := range []string{"ref", "set", "group"} {
		keyword = strings.TrimSuffix(keyword, tail)
	}
	if strings.HasSuffix(keyword, "port") {
		keyword += "range"
	}
	values := [][]string{c.Words}
	if low != keyword {
		values = nil
		for i := range r.top {
			if b := &r.top[i]; len(c.Words) > 0 && b.Braces && b.Name() == c.Words[0] && endpointStatement(b, strings.HasSuffix(keyword, "addr")) {
				r.used[b] = true
				values = r.members(b, 0)
			}
		}
	}
	if len(values) == 0 {
		r.unread(c, strings.TrimSpace(c.Keyword+" "+strings.Join(c.Words, " "))+" names no addresses or ports of the file")
	}
	for _, words := range values {
		match, err := builtinConditions[keyword](words)
		if err != nil {
			r.unread(c, fmt.Sprintf("%s: %v", c.Keyword, err))
			continue
		}
		r.condition(keyword, condition{match: func(s *zert.Session) (answer, string, error) {
			return match(s), c.Keyword + " asks for what a summary record does not hold", nil
		}})
	}
}

func endpointStatement(b *attls.Block, address bool) bool {
	low := strings.ToLower(b.Keyword)
	return address && strings.HasPrefix(low, "ipaddr") || !address && strings.HasPrefix(low, "port")
}

// members returns the values in a group of addresses or ports.
func (r *ruleReader) members(b *attls.Block, depth int) [][]string {
	var out [][]string
	for i := range b.Children {
		c := &b.Children[i]
		low := strings.ToLower(c.Keyword)
		switch {
		case depth > maxReferences:
			r.unread(c, "groups refer to each other too deeply")
		case slices.Contains([]string{"port", "addr", "prefix", "range"}, low):
			out = append(out, c.Words)
		case c.Braces:
			out = append(out, r.members(c, depth+1)...)
		case strings.HasSuffix(low, "ref") && len(c.Words) > 0:
			if target := r.named(strings.TrimSuffix(low, "ref"), c.Words[0]); target != nil {
				out = append(out, r.members(target, depth+1)...)
				continue
			}
			fallthrough
		default:
			r.unread(c, "the meaning of "+strings.TrimSpace(c.Keyword+" "+strings.Join(c.Words, " "))+" is not known")
		}
	}
	return out
}
