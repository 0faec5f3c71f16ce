package attls

import (
	"fmt"
	"slices"
	"strings"
)

// What is not known is passed over, and said so with its place: a misspelt
// parameter is ignored by the Policy Agent as well, and its default applies.
// A keyword is shown only when it is nearly a known one: it can be the rest of a
// password that was wrapped onto a line of its own.

// noted is something unknown in a file: the first place and how often it stands.
type noted struct {
	at    place
	what  string
	times int
}

// unknowns lists what a file holds that is no part of AT-TLS: statements at the
// top, and in the blocks of AT-TLS rules and actions other blocks and keywords.
func (f *policyFile) unknowns() []*noted {
	var out []*noted
	add := func(n *node, what string) {
		i := slices.IndexFunc(out, func(o *noted) bool { return o.what == what })
		switch {
		case i >= 0:
			out[i].times++
		case len(out) < maxLint:
			out = append(out, &noted{n.at, what, 1})
		}
	}
	var walk func(n *node)
	walk = func(n *node) {
		for _, c := range n.children {
			low := strings.ToLower(c.keyword)
			switch {
			case c.block && c.kind != nil:
				walk(c)
			case c.block:
				add(c, fmt.Sprintf("%s in %s", describe(c), n.kind.name))
			case n.kind.name == stRule && !slices.Contains(lower(ruleKeywords()), low) && parameterByName[low] == nil,
				n.kind.name != stRule && parameterByName[low] == nil && statementByRef[low] == nil:
				add(c, "a keyword in "+n.kind.name+nearly(c, n.kind.name))
			}
		}
	}
	for _, n := range f.top {
		switch {
		case n.kind == nil && n.block:
			add(n, "statement "+describe(n))
		case n.kind != nil && strings.HasPrefix(n.kind.name, "TTLS"):
			walk(n)
		}
	}
	return out
}

// nearly hints at the keyword of a block that was probably meant.
func nearly(c *node, in string) string {
	known := parameterNames(in)
	if in == stRule {
		known = ruleKeywords()
	}
	if hint := suggest(c, known); strings.HasSuffix(hint, "meant?") {
		return " (" + strings.TrimSpace(hint) + ")"
	}
	return ""
}

func lower(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}
