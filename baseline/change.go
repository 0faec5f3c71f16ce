package baseline

import (
	"encoding/json"
	"fmt"
	"hash"
	"strconv"

	"github.com/irondrift/irondrift/collect"
)

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
	// and went, sorted. For an observed set Removed holds members not seen, and
	// Op is NotSeen when nothing came. Members whose absence proves nothing,
	// because a side is partial, are in neither. Both are empty for a list
	// whose items only changed their order.
	Added   []string
	Removed []string

	Source string        // the source of the part
	Class  collect.Class // of the key
	// Idle: the key is not seen, and neither is any other of the thing that it
	// says something about.
	Idle bool
	// Keys counts the keys a NotCollected row stands for, or a NotSeen row of
	// [FoldIdle], or a Changed row of [FoldMoves]; Reason says why. A change has a
	// reason too when some of its members could not be compared.
	Keys   int64
	Reason string
	// Lost of Keys were known to the older part: evidence that got lost. The
	// others are known on neither side, or only now, which is how a source is
	// and not how the night went.
	Lost int64
	// Uncovered of Lost are not covered by the newer part; the value of the
	// others is unknown now.
	Uncovered int64
}

// changeJSON is the form of a change that outside scripts rely on: the first
// six members are always there, old and new are null when there is no value.
type changeJSON struct {
	Op      Op            `json:"op"`
	Key     collect.Key   `json:"key"`
	Old     collect.Value `json:"old"`
	New     collect.Value `json:"new"`
	Added   []string      `json:"added"`
	Removed []string      `json:"removed"`
	Source  string        `json:"source,omitempty"`
	Class   string        `json:"class,omitempty"`
	Keys    int64         `json:"keys,omitempty"`
	Lost    int64         `json:"lost,omitempty"`

	Uncovered int64  `json:"uncovered,omitempty"`
	Reason    string `json:"reason,omitempty"`
}

// MarshalJSON writes {"op", "key", "old", "new", "added", "removed"} and, where
// they say something, "source", "class", "keys", "lost", "uncovered" and "reason".
func (c Change) MarshalJSON() ([]byte, error) {
	j := changeJSON{
		Op: c.Op, Key: c.Key, Old: c.Old, New: c.New, Added: c.Added, Removed: c.Removed,
		Source: c.Source, Keys: c.Keys, Lost: c.Lost, Uncovered: c.Uncovered, Reason: c.Reason,
	}
	if j.Added == nil {
		j.Added = []string{}
	}
	if j.Removed == nil {
		j.Removed = []string{}
	}
	if c.Op != NotCollected {
		j.Class = c.Class.String()
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes; the catalogue restores the types
// that JSON does not have.
func (c *Change) UnmarshalJSON(b []byte) error {
	var j changeJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	switch j.Op {
	case Added, Removed, Changed, NotSeen, NotCollected:
	default:
		return fmt.Errorf("change of %q: op %q is not one of added, removed, changed, not_seen, not_collected", j.Key, j.Op)
	}
	*c = Change{
		Op: j.Op, Key: j.Key, Old: collect.Keys().Retype(j.Key, j.Old), New: collect.Keys().Retype(j.Key, j.New),
		Source: j.Source, Keys: j.Keys, Lost: j.Lost, Uncovered: j.Uncovered, Reason: j.Reason,
	}
	if len(j.Added) > 0 {
		c.Added = j.Added
	}
	if len(j.Removed) > 0 {
		c.Removed = j.Removed
	}
	switch {
	case j.Op == NotSeen && j.Keys > 0: // the key is that of a thing
		c.Class, c.Idle = collect.Observed, true
	case j.Op == Changed && j.Keys > 0: // and so it is of one that moved
		c.Class = collect.Observed
	case j.Op != NotCollected:
		c.Class = collect.Keys().Class(j.Key)
	}
	return nil
}

// addTo writes everything that c says to a digest, each text with its length
// before it, so that no two changes write the same bytes. The scratch buffer is
// returned for the next call.
func (c *Change) addTo(h hash.Hash, scratch []byte) []byte {
	text := func(s string) {
		scratch = strconv.AppendInt(scratch, int64(len(s)), 10)
		scratch = append(append(scratch, ':'), s...)
	}
	texts := func(list []string) {
		scratch = strconv.AppendInt(scratch, int64(len(list)), 10)
		scratch = append(scratch, '[')
		for _, s := range list {
			text(s)
		}
	}
	scratch = scratch[:0]
	text(string(c.Op))
	text(c.Source)
	text(string(c.Key))
	text(c.Old.String())
	text(c.New.String())
	texts(c.Added)
	texts(c.Removed)
	scratch = strconv.AppendInt(scratch, c.Keys, 10)
	scratch = append(scratch, '/')
	scratch = strconv.AppendInt(scratch, c.Lost, 10)
	text(c.Reason)
	scratch = append(scratch, '\n')
	h.Write(scratch)
	return scratch
}
