package attls

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// effect is the effective value of one key of a rule.
type effect struct {
	value collect.Value
	at    collect.Origin
	// members are the origins of the members of a set, nil when all are at at.
	members   []collect.Member
	from      string // how the value came to be, for people
	defaulted []string
}

func unknown(at place, format string, args ...any) effect {
	return effect{value: collect.Unknown(fmt.Sprintf(format, args...)), at: at.origin}
}

// resolver works out the effective values of one rule at one release.
type resolver struct {
	stack *stack
	rule  *rule
	rel   release
}

// find returns what the narrowest action states about p. When none does, at is
// the place that decides about the default; why says why it is not known.
func (v *resolver) find(p *parameter) (st *stated, ref *reference, why string) {
	for s := connection; s >= group; s-- {
		if !p.scopes[s] {
			continue
		}
		ref := v.rule.refs[s]
		if ref == nil {
			if s == connection || s == environment && p.scopes[group] {
				continue // optional
			}
			return nil, nil, fmt.Sprintf("the rule names no %s", actionStatements[s])
		}
		if ref.doubt != "" {
			return nil, ref, ref.doubt
		}
		if st := ref.action.params[p]; st != nil {
			return st, ref, ""
		}
		if why := ref.action.doubt(p); why != "" {
			return nil, ref, why
		}
	}
	return nil, nil, ""
}

// chain tells how a stated value reached the rule.
func (v *resolver) chain(p *parameter, st *stated, ref *reference) string {
	w := st.words[len(st.words)-1]
	if v.stack.listing {
		return fmt.Sprintf("%s: %s of %s action %s", w.at, p.name, ref.action.scope, ref.action.name)
	}
	return fmt.Sprintf("%s: %s in %s, referenced at %s", w.at, p.name, st.via, ref.at)
}

// required are the parameters that have no default because a policy without
// them is refused.
var required = map[string]bool{"TTLSEnabled": true, "HandshakeRole": true, "Keyring": true}

// words returns the values of p: as stated, or the default of the release.
func (v *resolver) words(p *parameter) (words []word, from string, isDefault bool, err error) {
	st, ref, why := v.find(p)
	switch {
	case why != "":
		return nil, "", false, errors.New(why)
	case st != nil:
		return st.words, v.chain(p, st, ref), false, nil
	case required[p.name]:
		return nil, "", false, fmt.Errorf("%s is required and not stated", p.name)
	case v.rel < firstRelease || v.rel > lastRelease:
		return nil, "", false, fmt.Errorf("not stated, and the defaults of z/OS %s are not in the table", v.rel)
	}
	d, ok := p.defaultFor(v.rel)
	switch {
	case !ok:
		return nil, "not stated", true, nil
	case v.stack.listing && d.basis == "listed" && p.form != formSuites && p.form != formGroups && p.form != formSignatures:
		return nil, "", false, fmt.Errorf("the listing does not show %s", p.name)
	case strings.HasPrefix(d.value, "?"):
		return nil, "", false, errors.New(d.value[1:])
	}
	for _, w := range strings.Fields(d.value) {
		words = append(words, word{text: w, at: v.rule.at, four: true})
	}
	from = "default of z/OS " + v.rel.String()
	if d.basis == "inferred" {
		from += " (inferred)"
	}
	return words, from, true, nil
}

// value returns the effective value of a parameter that has a key of its own.
func (v *resolver) value(p *parameter) effect {
	words, from, isDefault, err := v.words(p)
	if err != nil {
		return unknown(v.rule.at, "%v", err)
	}
	e := effect{at: v.rule.at.origin, from: from}
	if isDefault {
		e.defaulted = []string{p.name}
	}
	if len(words) > 0 {
		e.at = words[len(words)-1].at.origin
	}
	switch p.form {
	case formGroups, formSignatures:
		return v.list(p, words, e)
	case formTexts:
		var members []collect.Member
		for _, w := range words {
			members = append(members, collect.Member{Text: w.text, At: w.at.origin})
		}
		e.members = members
		e.value = collect.SetEntry("", e.at, members).Value
		return e
	case formSecret:
		e.value = collect.Bool(len(words) > 0)
		return e
	}
	if len(words) == 0 {
		switch p.form {
		case formSwitch:
			e.value = collect.Bool(false)
		case formNumber, formInstance:
			e.value = collect.Value{}
		default:
			e.value = collect.Text("none")
		}
		return e
	}
	e.value, err = p.read(words[len(words)-1].text)
	if err != nil {
		return unknown(words[len(words)-1].at, "%v", err)
	}
	return e
}

// read turns one word into the value of p. Errors do not repeat the word.
func (p *parameter) read(text string) (collect.Value, error) {
	switch p.form {
	case formSwitch, formWord, formUnset, formVersion:
		words := p.words
		if p.form == formVersion {
			words = []string{"On", "Off"}
		}
		i := slices.IndexFunc(words, func(w string) bool { return strings.EqualFold(w, text) })
		switch {
		case i < 0:
			return collect.Value{}, fmt.Errorf("the value of %s is none of %s%s", p.name, strings.Join(words, ", "), placeholderHint(text))
		case p.form == formSwitch || p.form == formVersion:
			return collect.Bool(i == 0), nil
		}
		return collect.Text(words[i]), nil
	case formNumber, formInstance:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < p.low || n > p.high {
			return collect.Value{}, fmt.Errorf("the value of %s is not a number from %d to %d%s", p.name, p.low, p.high, placeholderHint(text))
		}
		return collect.Number(n), nil
	}
	if placeholder(text) {
		return collect.Value{}, fmt.Errorf("the value of %s is a placeholder that was never filled in", p.name)
	}
	return collect.Text(text), nil
}

func placeholderHint(text string) string {
	if placeholder(text) {
		return ": a placeholder that was never filled in"
	}
	return ""
}

// placeholder reports whether a value is one of the forms in which templates
// leave gaps: ?port?, $NAME, <name>, %NAME%.
func placeholder(text string) bool {
	n := len(text)
	return n > 1 && (text[0] == '$' || text[0] == '?' && text[n-1] == '?' || text[0] == '<' && text[n-1] == '>' || text[0] == '%' && text[n-1] == '%')
}

// codes reads a list of codes; duplicates keep their first place.
func (p *parameter) codes(words []word) (codes []string, err error) {
	for _, w := range words {
		var some []string
		switch p.form {
		case formSuites:
			some, err = suiteCodes(w.text, w.four)
		case formGroups:
			some, err = groupCodes(w.text)
		default:
			some, err = signatureCodes(w.text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		for _, c := range some {
			if !slices.Contains(codes, c) {
				codes = append(codes, c)
			}
		}
	}
	return codes, nil
}

// across works out an effect for every release that may apply, and returns one
// that says what they agree on.
func (s *stack) across(r *rule, f func(*resolver) effect) effect {
	rels := s.releases()
	first := f(&resolver{s, r, rels[0]})
	same := true
	said := []string{forRelease(rels[0], first)}
	for _, rel := range rels[1:] {
		e := f(&resolver{s, r, rel})
		same = same && e.value.Compare(first.value) == 0
		said = append(said, forRelease(rel, e))
	}
	if same {
		if s.release == 0 && len(first.defaulted) > 0 {
			first.from = strings.ReplaceAll(first.from, "default of z/OS "+rels[0].String(), "default of every supported release")
		}
		return first
	}
	e := unknown(r.at, "depends on the release of z/OS, which was not given: %s", strings.Join(said, "; "))
	e.defaulted = first.defaulted
	return e
}

func forRelease(rel release, e effect) string {
	if e.value.IsAbsent() {
		return rel.String() + " nothing"
	}
	return rel.String() + " " + e.value.String()
}
