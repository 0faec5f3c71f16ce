package baseline

import "github.com/irondrift/irondrift/collect"

// Op says in what way a key differs.
type Op string

// The kinds of change.
const (
	Added   Op = "added"
	Removed Op = "removed"
	Changed Op = "changed"
	// NotSeen: an observed key or member did not occur tonight. A notice: it
	// may be idle.
	NotSeen Op = "not_seen"
	// NotCollected: one row for each prefix under which keys cannot be
	// compared, because a side does not cover them or does not know the value.
	NotCollected Op = "not_collected"
)

// Change is one key whose value differs between two parts, or one prefix that
// could not be compared.
type Change struct {
	Op  Op
	Key collect.Key // the prefix for NotCollected
	Old collect.Value
	New collect.Value
	// Added and Removed are the members of a set or items of a list that came
	// and went. For an observed set Removed holds members not seen, and Op is
	// NotSeen when nothing came.
	Added   []string
	Removed []string

	Source string        // the source of the part
	Class  collect.Class // of the key
	// Keys counts the keys a NotCollected row stands for; Reason says why.
	Keys   int64
	Reason string
}
