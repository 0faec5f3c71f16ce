package rules

import (
	"bytes"

	"github.com/irondrift/irondrift/collect"
)

// group is an entity pattern with the checks that judge its entities, and the
// entity that is being read.
type group struct {
	pat      pattern
	checks   []groupCheck
	index    map[string]int // literal value name -> slot
	names    []string       // of the slots
	wild     []wildSlot
	state    collect.Coverage // of the list of entities
	even     bool             // no entity has a coverage of its own
	entities int64

	open   bool
	prefix []byte // the entity and a slash
	slots  []slot
	arena  []byte
	joined map[collect.Key][]slot
}

type groupCheck struct {
	*boundCheck
	number int   // index in Engine.checks
	slots  []int // of each key; -1 for an absolute one
	// lacks is the fact that the site does not give for any entity, so that
	// one finding says so for all.
	lacks string
	// doubt says why what is not in the facts of the other side of a matching may
	// be there all the same.
	doubt string
	// scratch is the subject of the entity being judged; nothing keeps it.
	scratch subject
}

type wildSlot struct {
	pattern *keyPattern
	slot    int
}

// add stores a value of the open entity if any check declares it.
func (g *group) add(rest []byte, f *fact) {
	if g.pat.join >= 0 {
		g.addJoined(string(rest), f)
		return
	}
	if i, ok := g.index[string(rest)]; ok {
		start := len(g.arena)
		g.arena = append(g.arena, f.form...)
		g.slots[i] = slot{seen: true, form: g.arena[start:len(g.arena):len(g.arena)], at: reading{f.part, f.others, f.forms}}
		return
	}
	for _, w := range g.wild {
		if text := string(rest); w.pattern.matches(text) {
			s := &g.slots[w.slot]
			s.seen = true
			s.many = append(s.many, manyValue{text, bytes.Clone(f.form), reading{f.part, f.others, f.forms}})
		}
	}
}

// addJoined keeps a value until the end: the other keys of a joined entity lie
// far away. Only declared values are kept, so such patterns are for things that
// are few, as ports are.
func (g *group) addJoined(rest string, f *fact) {
	id, stood := g.pat.unjoin(string(g.prefix[:len(g.prefix)-1]))
	slots := g.joined[id]
	if slots == nil {
		slots = make([]slot, len(g.names))
		g.joined[id] = slots
	}
	if i, ok := g.index[stood+"/"+rest]; ok {
		slots[i] = slot{seen: true, form: bytes.Clone(f.form), at: reading{f.part, f.others, f.forms}}
	}
}

// store keeps a copy of a declared value.
func (g *group) store(slots []slot, rest string, f *fact) {
	at := reading{f.part, f.others, f.forms}
	if i, ok := g.index[rest]; ok {
		slots[i] = slot{seen: true, form: bytes.Clone(f.form), at: at}
		return
	}
	for _, w := range g.wild {
		if w.pattern.matches(rest) {
			s := &slots[w.slot]
			s.seen = true
			s.many = append(s.many, manyValue{rest, bytes.Clone(f.form), at})
		}
	}
}
