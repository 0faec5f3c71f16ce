package baseline

import (
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// A dynamic VIPA is an address that one member of a sysplex serves today and
// another tomorrow. Without more, the member that it left was idle, and the other
// has a new service with a score of keys. What happened is one thing: the service
// moved.

// zERT services are zert/<system>/<stack>/<role>/<job>/<endpoint>.
const (
	zertStack    = 3 // segments up to and with the stack
	zertEndpoint = 6
)

// Moves finds services that one stack has lost and another has got, of whatever
// system. All changes are added before it is asked. It remembers those of
// services that came or went, and no others.
type Moves struct {
	ends map[string]*moveEnds // by endpoint, which stays
}

// moveEnds are the services of an endpoint that were idle, and that are new, with
// their values.
type moveEnds struct {
	from, to map[collect.Key]map[collect.Key]collect.Value
}

// servedAt returns what stays when a server moves: its endpoint.
func servedAt(entity collect.Key) (endpoint string, ok bool) {
	s := entity.Segments()
	if len(s) != zertEndpoint || s[0] != "zert" || s[zertStack] != "server" {
		return "", false
	}
	return s[zertEndpoint-1], true
}

// Add takes note of a change, as [Diff] gives it.
func (m *Moves) Add(c *Change) {
	if c.Op != Added && !c.Idle {
		return
	}
	entity, _ := c.Key.Entity()
	endpoint, ok := servedAt(entity)
	if !ok {
		return
	}
	if m.ends == nil {
		m.ends = map[string]*moveEnds{}
	}
	e := m.ends[endpoint]
	if e == nil {
		e = &moveEnds{from: map[collect.Key]map[collect.Key]collect.Value{}, to: map[collect.Key]map[collect.Key]collect.Value{}}
		m.ends[endpoint] = e
	}
	side, value := e.to, c.New
	if c.Idle {
		side, value = e.from, c.Old
	}
	if side[entity] == nil {
		side[entity] = map[collect.Key]collect.Value{}
	}
	side[entity][c.Key[len(entity):]] = value
}

// Any reports whether a service came or went that may have moved.
func (m *Moves) Any() bool { return len(m.ends) > 0 }

// Of returns the move from or to a service, nil when there is none: when its
// endpoint went from or to several places, nothing is guessed.
func (m *Moves) Of(service collect.Key) *Move {
	endpoint, ok := servedAt(service)
	if !ok || m.ends[endpoint] == nil || len(m.ends[endpoint].from) != 1 || len(m.ends[endpoint].to) != 1 {
		return nil
	}
	out := &Move{}
	for out.From, out.old = range m.ends[endpoint].from {
	}
	for out.To, out.now = range m.ends[endpoint].to {
	}
	// Every service has a protection: when it is no news, the service was there
	// before.
	if _, came := out.now["/protection"]; !came || out.From.Head(zertStack) == out.To.Head(zertStack) || service != out.From && service != out.To {
		return nil
	}
	return out
}

// Move is a service that went from one stack to another. From and To are its keys.
type Move struct {
	From, To collect.Key
	old, now map[collect.Key]collect.Value
}

// Same reports whether what is new in the new place is as it was in the old one.
func (m *Move) Same(c *Change) bool {
	was, known := m.old[c.Key[len(m.To):]]
	return known && was.Equal(c.New)
}

// Kept counts what is the same in both places.
func (m *Move) Kept() (n int64) {
	for key, value := range m.now {
		if was, known := m.old[key]; known && was.Equal(value) {
			n++
		}
	}
	return n
}

// Row is the one change that stands for what is the same, of which c is the
// first: it has the key of the service, and the stacks as values.
func (m *Move) Row(c *Change) Change {
	return Change{Op: Changed, Key: m.To, Class: c.Class, Source: c.Source,
		Old: collect.Text(string(m.From.Head(zertStack))), New: collect.Text(string(m.To.Head(zertStack)))}
}

// RowReason says what a row of n values stands for.
func (m *Move) RowReason(n int64) string {
	values := "values"
	if n == 1 {
		values = "value"
	}
	return fmt.Sprintf("moved here from %s with %d %s as they were", m.From, n, values)
}

// Reason says of a change in the new place what it was in the old one.
func (m *Move) Reason(c *Change) string {
	text := fmt.Sprintf("moved here from %s", m.From)
	if was, known := m.old[c.Key[len(m.To):]]; known && !was.Equal(c.New) {
		text += ", where it was " + was.String()
	}
	return text
}

// Left says where a service went.
func (m *Move) Left() string { return "moved to " + string(m.To) }

// FoldMoves makes one change of a service that moved, and says of what is not the
// same in the new place, and of the old one, that it did. Changes are those of
// [FoldIdle].
func FoldMoves(moves *Moves, yield func(Change) error) func(Change) error {
	if !moves.Any() {
		return yield
	}
	var row collect.Key // of the last one
	return func(c Change) error {
		switch {
		case c.Op == NotSeen && c.Idle:
			if m := moves.Of(c.Key); m != nil && m.From == c.Key {
				c.Reason = m.Left()
			}
		case c.Op == Added:
			entity, _ := c.Key.Entity()
			m := moves.Of(entity)
			switch {
			case m == nil || m.To != entity:
			case !m.Same(&c):
				c.Reason = m.Reason(&c)
			case row == m.To:
				return nil
			default:
				row = m.To
				c = m.Row(&c)
				c.Keys = m.Kept()
				c.Reason = m.RowReason(c.Keys)
			}
		}
		return yield(c)
	}
}
