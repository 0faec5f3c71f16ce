package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"github.com/irondrift/irondrift/collect/zert"
)

// zERT policy-based enforcement (z/OS 2.5 and later) lets a connection pass, logs
// it, writes an audit record or resets it. This file decides which of these the
// rules of a site would have done to a session that was seen.
//
// Rules are tried in order and the first that matches decides. What a rule asks
// about may not be known of a session: then the rule matches perhaps, the search
// goes on, and only when every rule that may decide would do the same is the
// outcome certain.

// answer says whether a rule matches a session.
type answer int

const (
	matchNo answer = iota
	matchMaybe
	matchYes
)

// enforceConfig is the zert_enforcement section of the configuration.
type enforceConfig struct {
	// Rules are tried in this order.
	Rules []enforceRuleConfig `yaml:"rules"`
	// Accepted are the protections that the site accepts, in place of rules, and
	// Otherwise what is done to every other session.
	Accepted  []acceptedProtection `yaml:"accepted"`
	Otherwise []string             `yaml:"otherwise"`
	// Policy is a file, in Rego or of the Policy Agent, in place of both.
	Policy string `yaml:"policy"`
	// Words say what the names in a Policy Agent file mean.
	Words []enforceWord `yaml:"policy_words"`
	// RuleStatements are the statements of the file that are rules; without them
	// those whose name begins with zERT and ends with Rule.
	RuleStatements []string `yaml:"policy_rules"`
}

type enforceRuleConfig struct {
	Name   string   `yaml:"name"`
	Where  string   `yaml:"where"`
	Action []string `yaml:"action"`
}

// The actions of zERT enforcement; log, audit and reset may be combined.
var enforceActions = []string{"allow", "log", "audit", "reset"}

// check refuses rules that cannot be read as they are meant.
func (c *enforceConfig) check() error {
	seen := map[string]bool{}
	for i, r := range c.Rules {
		if r.Name == "" || seen[r.Name] {
			return fmt.Errorf("rules[%d]: needs a name of its own", i)
		}
		seen[r.Name] = true
		if _, err := r.compile(); err != nil {
			return err
		}
	}
	if err := c.checkAccepted(); err != nil {
		return err
	}
	if c.Policy != "" && len(c.Rules)+len(c.Accepted) > 0 {
		return errors.New("policy: names a file, in place of rules and accepted")
	}
	for i := range c.Words {
		if err := c.Words[i].check(); err != nil {
			return fmt.Errorf("policy_words[%d]: %w", i, err)
		}
	}
	return nil
}

func (r *enforceRuleConfig) compile() (*enforceRule, error) {
	if r.Where == "" {
		return nil, fmt.Errorf("rule %s: where is missing; write true for every session", r.Name)
	}
	c, err := compileCondition(r.Where)
	if err != nil {
		return nil, fmt.Errorf("rule %s: %w", r.Name, err)
	}
	action, err := actionText(r.Action)
	if err != nil {
		return nil, fmt.Errorf("rule %s: %w", r.Name, err)
	}
	return &enforceRule{name: r.Name, action: action, conditions: []condition{c}, reads: c.reads}, nil
}

// actionText checks a list of actions and writes it as one word: log+reset.
func actionText(list []string) (string, error) {
	for i, a := range list {
		if !slices.Contains(enforceActions, a) || slices.Contains(list[:i], a) {
			return "", fmt.Errorf("action %q is not one of %s, each once", a, strings.Join(enforceActions, ", "))
		}
	}
	if len(list) == 0 || slices.Contains(list, "allow") && len(list) > 1 {
		return "", errors.New("needs an action: allow alone, or one or more of log, audit and reset")
	}
	return strings.Join(slices.SortedFunc(slices.Values(list), func(a, b string) int {
		return slices.Index(enforceActions, a) - slices.Index(enforceActions, b)
	}), "+"), nil
}

// condition is one thing that a rule asks of a session. Why says what is not
// known, when that decides.
type condition struct {
	match func(*zert.Session) (answer, string, error)
	reads []zert.Field
}

// enforceRule is a rule ready to be asked.
type enforceRule struct {
	name       string
	action     string // "" when it is not known
	conditions []condition
	reads      []zert.Field
	// unread is what of the rule could not be evaluated; then it never matches
	// for certain.
	unread []string
}

// matches asks whether all conditions of the rule hold.
func (r *enforceRule) matches(s *zert.Session) (answer, []string, error) {
	out, whys := matchYes, []string(nil)
	if len(r.unread) > 0 {
		out, whys = matchMaybe, []string{r.name + " is not evaluated"}
	}
	for _, c := range r.conditions {
		a, why, err := c.match(s)
		if err != nil || a == matchNo {
			return matchNo, nil, err
		}
		if a == matchMaybe {
			out = matchMaybe
			whys = append(whys, why)
		}
	}
	return out, whys, nil
}

// decision is what would have happened to a session.
type decision struct{ action, rule, why string }

// Actions of a decision beside those of rules.
const (
	noRule     = "no rule"     // none matches, nothing happens
	noDecision = "no decision" // the Rego policy says nothing: it is not finished
	notTCP     = "not TCP"     // out of the scope of enforcement
	cannotTell = "cannot tell" // depends on what is not known
)

// enforcePolicy says what would have happened to a session; it is asked by
// several goroutines.
type enforcePolicy func(context.Context, *zert.Session) (decision, error)

// decide asks the rules about a session.
func decide(rules []*enforceRule, s *zert.Session) (decision, error) {
	if s.Transport != "tcp" {
		return decision{notTCP, "-", "-"}, nil
	}
	var names, actions, whys []string
	note := func(list *[]string, text string) {
		if !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	settled := false
	for _, r := range rules {
		a, why, err := r.matches(s)
		if err != nil {
			return decision{}, fmt.Errorf("rule %s: %w", r.name, err)
		}
		if a == matchNo {
			continue
		}
		note(&names, r.name)
		note(&actions, r.action)
		for _, w := range why {
			note(&whys, w)
		}
		if settled = a == matchYes; settled {
			break
		}
	}
	if !settled {
		note(&names, noRule)
		note(&actions, noRule)
	}
	d := decision{actions[0], strings.Join(names, " or "), "-"}
	if len(names) == 1 && !settled {
		d.rule = "-"
	}
	if len(actions) > 1 || actions[0] == "" {
		d.action, d.why = cannotTell, strings.Join(whys, "; ")
	}
	return d, nil
}

// compileCondition compiles an expression that says when a rule matches. Fields
// that are not known of a session leave the answer open, unless the rest of the
// expression decides it.
func compileCondition(expression string) (condition, error) {
	env, ast, err := compileExpression(expression)
	if err != nil {
		return condition{}, err
	}
	program, err := env.Program(ast, cel.EvalOptions(cel.OptPartialEval))
	if err != nil {
		return condition{}, err
	}
	var reads []zert.Field
	for _, ref := range ast.NativeRep().ReferenceMap() {
		if f, ok := zert.FieldNamed(ref.Name); ok && !slices.ContainsFunc(reads, func(x zert.Field) bool { return x.Name == f.Name }) {
			reads = append(reads, f)
		}
	}
	slices.SortFunc(reads, func(a, b zert.Field) int { return strings.Compare(a.Name, b.Name) })
	patterns := make([]*cel.AttributePatternType, len(reads))
	for i := range reads {
		patterns[i] = cel.AttributePattern(reads[i].Name)
	}
	match := func(s *zert.Session) (answer, string, error) {
		var doubts []*cel.AttributePatternType
		var whys []string
		for i := range reads {
			if why := reads[i].Doubt(s); why != "" {
				doubts = append(doubts, patterns[i])
				whys = append(whys, why)
			}
		}
		vars, err := cel.PartialVars(&sessionVars{s}, doubts...)
		if err != nil {
			return matchNo, "", err
		}
		out, _, err := program.Eval(vars)
		if err != nil {
			return matchNo, "", err
		}
		if types.IsUnknown(out) {
			return matchMaybe, strings.Join(whys, "; "), nil
		}
		switch yes, ok := out.Value().(bool); {
		case !ok:
			return matchNo, "", errNotBool
		case yes:
			return matchYes, "", nil
		}
		return matchNo, "", nil
	}
	return condition{match, reads}, nil
}
