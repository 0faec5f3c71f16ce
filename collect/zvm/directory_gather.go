package zvm

import (
	"cmp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// gathered is an effective value: what an entry and the profile it includes
// state together.
type gathered struct {
	value   collect.Value
	at      collect.Origin
	members []collect.Origin
	stated  bool
}

var (
	emptySet  = collect.Set()
	emptyList = collect.List()
)

// placeOf is where member i was read.
func (g *gathered) placeOf(i int) collect.Origin {
	if i < len(g.members) {
		return g.members[i]
	}
	return g.at
}

// gather joins the statements of one kind of an entry and its profile, which may
// be nil, to a set. CP adds such statements up; a device of the entry replaces
// the one of the profile with its number.
func (d *directory) gather(kind statement, e, p *entry) gathered {
	own := false
	for i := range e.stmts {
		if e.stmts[i].kind == kind {
			own = true
			break
		}
	}
	if p == nil {
		if !own {
			return gathered{value: emptyOf(kind), at: e.at()}
		}
	} else if !own && (kind != stLink && kind != stDedicate && kind != stSpecial || !d.overrides(e, p)) {
		// Thousands of users state nothing of their own: they share the value.
		g, ok := p.sets[kind]
		if !ok {
			g = d.gather(kind, p, nil)
			if p.sets == nil {
				p.sets = map[statement]gathered{}
			}
			p.sets[kind] = g
		}
		if !g.stated {
			g.at = e.at()
		}
		return g
	}
	d.members = d.members[:0]
	if p != nil {
		for i := range p.stmts {
			if s := &p.stmts[i]; s.kind == kind && !(isDevice(kind) && d.has(e, s.vdev)) {
				d.members = append(d.members, collect.Member{Text: d.texts.text(s.text), At: p.origin(s.offset, s.line)})
			}
		}
	}
	for i := range e.stmts {
		if s := &e.stmts[i]; s.kind == kind {
			d.members = append(d.members, collect.Member{Text: d.texts.text(s.text), At: e.origin(s.offset, s.line)})
		}
	}
	return d.join(kind == stCommand, e)
}

func emptyOf(kind statement) collect.Value {
	if kind == stCommand {
		return emptyList
	}
	return emptySet
}

func isDevice(kind statement) bool {
	return kind == stLink || kind == stDedicate || kind == stSpecial || kind == stNICDef
}

// overrides reports whether e defines a device number that p defines too.
func (d *directory) overrides(e, p *entry) bool {
	for i := range p.stmts {
		if s := &p.stmts[i]; isDevice(s.kind) && d.has(e, s.vdev) {
			return true
		}
	}
	return false
}

// has reports whether e defines the device number.
func (d *directory) has(e *entry, vdev uint16) bool {
	for i := range e.disks {
		if e.disks[i].vdev == vdev {
			return true
		}
	}
	for i := range e.stmts {
		if s := &e.stmts[i]; s.vdev == vdev && isDevice(s.kind) {
			return true
		}
	}
	return false
}

// join makes one value of d.members, as a list in their order or as a set.
func (d *directory) join(ordered bool, e *entry) gathered {
	m := d.members
	if len(m) == 0 {
		v := emptySet
		if ordered {
			v = emptyList
		}
		return gathered{value: v, at: e.at()}
	}
	g := gathered{at: m[0].At, stated: true}
	onePlace := true
	for i := 1; i < len(m); i++ {
		onePlace = onePlace && m[i].At == m[0].At
	}
	if !ordered {
		slices.SortStableFunc(m, func(a, b collect.Member) int { return strings.Compare(a.Text, b.Text) })
		m = slices.CompactFunc(m, func(a, b collect.Member) bool { return a.Text == b.Text })
	}
	items := make([]string, len(m))
	for i := range m {
		items[i] = m[i].Text
	}
	if ordered {
		g.value = collect.List(items...)
	} else {
		g.value = collect.Set(items...)
	}
	if !onePlace && len(g.value.Items()) == len(m) {
		g.members = make([]collect.Origin, len(m))
		for i := range m {
			g.members[i] = m[i].At
		}
	}
	return g
}

// one returns the value of a statement that has a single one: the entry's, else
// the profile's.
func (d *directory) one(kind statement, aux uint8, e, p *entry) (text string, at collect.Origin, ok bool) {
	for _, from := range [2]*entry{e, p} {
		if from == nil {
			continue
		}
		for i := len(from.stmts) - 1; i >= 0; i-- {
			if s := &from.stmts[i]; s.kind == kind && s.aux == aux {
				return d.texts.text(s.text), from.origin(s.offset, s.line), true
			}
		}
	}
	return "", e.at(), false
}

// effectiveClasses joins the classes of USER with those of CLASS statements.
// Which of the two wins is not documented publicly, so both are taken.
func (d *directory) effectiveClasses(e, p *entry) (mask uint32, v collect.Value) {
	mask = e.classes.mask
	stated := false
	for _, from := range [2]*entry{e, p} {
		if from == nil {
			continue
		}
		for i := range from.stmts {
			if s := &from.stmts[i]; s.kind == stClass {
				mask |= readClasses([]byte(d.texts.text(s.text))).mask
				stated = true
			}
		}
	}
	switch {
	case e.classes.bad:
		return mask, collect.Unknown("the operand in its place cannot be privilege classes")
	case e.classes.star && !stated:
		return 0, collect.Unknown("class * stands for a CLASS statement, and there is none")
	case !e.classes.stated && !stated && e.password == pwNolog:
		return 0, emptySet
	case !e.classes.stated && !stated:
		// The system's PRIV_CLASSES USER_DEFAULT applies, which only SYSTEM
		// CONFIG knows. As a member of its own it stays comparable.
		return 0, defaultClass
	}
	v, ok := d.classes[mask]
	if !ok {
		v = collect.Set(letters(mask)...)
		d.classes[mask] = v
	}
	return mask, v
}

var defaultClass = collect.Set("default")

// passwordSet lists the passwords a minidisk has: "read=default".
func (d *directory) passwordSet(p [3]diskPassword) collect.Value {
	v, ok := d.passwords[p]
	if !ok {
		var out []string
		for i, kind := range [...]string{"read=", "write=", "multi="} {
			if p[i] != dpNone {
				out = append(out, kind+diskPasswordNames[p[i]])
			}
		}
		v = collect.Set(out...)
		d.passwords[p] = v
	}
	return v
}

// effectiveDisks lists the minidisks of an entry and its profile by number.
func (d *directory) effectiveDisks(e, p *entry) []ownedDisk {
	out := d.owned[:0]
	for i := range e.disks {
		out = append(out, ownedDisk{&e.disks[i], e})
	}
	if p != nil {
		for i := range p.disks {
			if !d.has(e, p.disks[i].vdev) {
				out = append(out, ownedDisk{&p.disks[i], p})
			}
		}
	}
	slices.SortFunc(out, func(a, b ownedDisk) int { return cmp.Compare(a.vdev, b.vdev) })
	d.owned = out
	return out
}

// ownedDisk is a disk with the entry that states it.
type ownedDisk struct {
	*disk
	from *entry
}
