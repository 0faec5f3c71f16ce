package zvm

import (
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// minidisks records the minidisks under mdisk/<vdev>/.
func (d *directory) minidisks(e, p, owner *entry) {
	base := d.base
	defer func() { d.base = base }()
	counted := e.kind == stSubconfig && e.counted
	e.counted = true
	for _, k := range d.effectiveDisks(e, p) {
		if !counted {
			d.derived.disk(d.texts, owner, k.disk)
		}
		d.key = append(appendVdev(append(d.key[:base], "mdisk/"...), k.vdev), '/')
		d.base = len(d.key)
		d.minidisk(k, e)
	}
}

func (d *directory) minidisk(k ownedDisk, e *entry) {
	var extent, mode, passwords collect.Value
	switch {
	case k.form == formUnusable:
		extent = collect.Unknown("the operands of the MDISK statement cannot be read")
		mode, passwords = extent, extent
	case k.twice:
		extent = collect.Unknown("sources disagree: the entry defines the minidisk twice")
		mode, passwords = extent, d.passwordSet(k.passwords)
	case k.badMode:
		mode = collect.Unknown("the operand in the place of the mode is no mode")
		passwords = mode
	default:
		mode, passwords = modeValues[k.mode], d.passwordSet(k.passwords)
	}
	if extent.IsAbsent() {
		d.scratch = d.texts.appendExtent(d.scratch[:0], k.disk)
		extent = collect.Text(string(d.scratch))
	}
	at := k.from.origin(k.offset, k.line)
	d.put("extent", extent, at)
	d.put("mode", mode, at)
	d.members = d.members[:0]
	for i := range k.from.stmts {
		if s := &k.from.stmts[i]; s.kind == stDiskOption && s.vdev == k.vdev {
			d.members = append(d.members, collect.Member{Text: d.texts.text(s.text), At: k.from.origin(s.offset, s.line)})
		}
	}
	if len(d.members) > 0 {
		g := d.join(false, e)
		d.add("option", g.value, g.at, g.members)
	}
	d.put("password", passwords, at)
}

var modeValues = func() []collect.Value {
	out := make([]collect.Value, len(modes))
	for i, m := range modes {
		out[i] = collect.Text(m.name)
	}
	return out
}()

// nics records the virtual network adapters under nicdef/<vdev>. The adapter of
// an entry replaces the one of the profile with the same number.
func (d *directory) nics(e, p *entry) {
	d.vdevs = d.vdevs[:0]
	for _, from := range [2]*entry{e, p} {
		if from == nil {
			continue
		}
		for i := range from.stmts {
			s := &from.stmts[i]
			if s.kind == stNICDef && !slices.Contains(d.vdevs, s.vdev) && (from == e || !d.has(e, s.vdev)) {
				d.vdevs = append(d.vdevs, s.vdev)
			}
		}
	}
	slices.Sort(d.vdevs)
	for _, vdev := range d.vdevs {
		from := e
		if !d.has(e, vdev) {
			from = p
		}
		d.members = d.members[:0]
		at := from.at()
		for i := range from.stmts {
			if s := &from.stmts[i]; s.kind == stNICDef && s.vdev == vdev {
				at = from.origin(s.offset, s.line)
				if s.text != 0 {
					d.members = append(d.members, collect.Member{Text: d.texts.text(s.text), At: at})
				}
			}
		}
		g := d.join(false, e)
		if !g.stated {
			g.at = at
		}
		d.scratch = appendVdev(append(d.scratch[:0], "nicdef/"...), vdev)
		d.add(string(d.scratch), g.value, g.at, g.members)
	}
}
