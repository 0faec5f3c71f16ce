package collect

import (
	"slices"
	"strings"
	"time"
)

// Class says how a key is compared from one night to the next.
type Class uint8

// The classes of keys.
const (
	// Setting is something the system was told; it can be added, removed, changed.
	Setting Class = iota
	// Observed is something that was seen happen. That it was not seen tonight
	// does not mean that it is gone.
	Observed
	// Metric is kept and reported, never compared: connections, bytes, times.
	Metric
	// Derived is computed from other keys. It is kept with the facts and
	// exported, but one cause must give one change, so it is not compared.
	Derived
)

var classNames = [...]string{"setting", "observed", "metric", "derived"}

func (c Class) String() string { return classNames[c] }

// Origin is where something was read.
type Origin struct {
	File   int       // index into [Header.Files]
	Pos    int64     // line or record number, from 1; 0 when there is none
	Offset int64     // byte offset of that line or record in the file
	Count  int64     // how many records said it; 0 counts as 1
	First  time.Time // when it was first and last seen; zero when the extract
	Last   time.Time // does not carry times
}

// Entry is one key with its value and where it was read.
type Entry struct {
	Key   Key
	Value Value
	At    Origin
	// Members says for each member of a set or item of a list where it was
	// first read, in the order of Value.Items. Nil means: all at At.
	Members []Origin
}

// Member is a member of a set with its origin, see [SetEntry].
type Member struct {
	Text string
	At   Origin
}

// SetEntry builds the entry of a set from members in any order. A member that
// occurs twice keeps the earlier origin, and the counts are added up.
func SetEntry(key Key, at Origin, members []Member) Entry {
	all := make([]Member, len(members))
	for i, m := range members {
		all[i] = Member{validText(m.Text), m.At}
	}
	slices.SortStableFunc(all, func(a, b Member) int { return strings.Compare(a.Text, b.Text) })
	e := Entry{Key: key, Value: Value{typ: TypeSet, items: make([]string, 0, len(all))}, At: at, Members: make([]Origin, 0, len(all))}
	for _, m := range all {
		if n := len(e.Members); n > 0 && e.Value.items[n-1] == m.Text {
			e.Members[n-1] = e.Members[n-1].merge(m.At)
			continue
		}
		e.Value.items = append(e.Value.items, m.Text)
		e.Members = append(e.Members, m.At)
	}
	return e
}

// merge joins two origins of the same thing: the earlier place, the sum of the
// counts, the widest span of time.
func (o Origin) merge(p Origin) Origin {
	out := o
	if p.File < o.File || p.File == o.File && p.Pos < o.Pos {
		out = p
	}
	out.Count = max(o.Count, 1) + max(p.Count, 1)
	out.First, out.Last = o.First, o.Last
	if out.First.IsZero() || !p.First.IsZero() && p.First.Before(out.First) {
		out.First = p.First
	}
	if p.Last.After(out.Last) {
		out.Last = p.Last
	}
	return out
}
