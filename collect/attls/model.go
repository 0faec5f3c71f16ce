package attls

import (
	"fmt"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// word is one value as it was written.
type word struct {
	text string
	at   place
	// four: codes of a cipher list have four digits.
	four bool
	// more: other words follow on the line, which the Policy Agent ignores.
	more bool
}

// stated is a parameter that an action states.
type stated struct {
	words []word // all of a list, in order; else the last one
	via   string // the block it stands in, for people
}

// action is a group, environment or connection action with the blocks it
// refers to resolved.
type action struct {
	scope  scope
	name   string
	at     place
	params map[*parameter]*stated
	// unsure says for a statement whose contents are not known why; the name
	// of the action statement itself stands for all of it.
	unsure map[string]string
	lint   []string
	// partial is why lines of it may be missing.
	partial string
}

func newAction(s scope, name string, at place) *action {
	return &action{scope: s, name: name, at: at, params: map[*parameter]*stated{}, unsure: map[string]string{}}
}

// doubt returns why a parameter that is not stated might still be set.
func (a *action) doubt(p *parameter) string {
	if why := a.unsure[actionStatements[a.scope]]; why != "" {
		return why
	}
	for _, name := range p.in {
		if why := a.unsure[name]; why != "" && standsIn(name, actionStatements[a.scope]) {
			return why
		}
	}
	return ""
}

// reference is a rule's pointer to an action.
type reference struct {
	name   string
	at     place
	action *action
	doubt  string // why the action is not known
}

// condition is one condition of a rule.
type condition struct {
	value   collect.Value
	at      place
	members []collect.Member
	from    string
}

// unknownCondition is a condition that cannot be told.
func unknownCondition(reason string, at place) condition {
	return condition{value: collect.Unknown(reason), at: at, from: reason}
}

// rule is one TTLSRule.
type rule struct {
	name string
	at   place
	// doubt is why nothing about the rule is known but that it is there.
	doubt   string
	partial string // why its coverage is partial

	priority   int64
	conditions map[string]condition // by key
	local      span
	remote     span
	refs       [scopes]*reference // nil when the rule names none
	// created and updated are the stamps of pasearch.
	created, updated string

	textLint []string

	order    int // position in the search order, from 1
	shadow   string
	rival    string // earlier rule of equal priority that holds, or lies in, this one
	problems []string
}

// span is what one end of a connection must be.
type span struct {
	addrs []addrRange // nil: all
	ports []portRange // nil: all
	known bool
}

// stack is what the extract says about one TCP/IP stack.
type stack struct {
	name  string
	rules []*rule
	// release of z/OS, 0 when not known.
	release release
	// listing: a pasearch listing, which shows defaults as if they were stated.
	listing  bool
	state    collect.State
	why      string
	lint     []string
	instance int64
	// unordered is a rule whose priority is not known, "" when there is none.
	unordered string
	at        place
}

// releases are those whose defaults may apply.
func (s *stack) releases() []release {
	if s.release != 0 {
		return []release{s.release}
	}
	return supported
}

// maxLint is how many observations one list keeps.
const maxLint = 100

// addLint records an observation once.
func addLint(list *[]string, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	switch {
	case slices.Contains(*list, text):
	case len(*list) < maxLint:
		*list = append(*list, text)
	case len(*list) == maxLint:
		*list = append(*list, "there are more of these than are listed")
	}
}
