package zvm

import (
	"context"
	"fmt"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// record hands everything to the recorder. Users come in the order of their
// names and each with its keys sorted, which is what the sorting behind the
// recorder is fastest with.
func (d *directory) record(ctx context.Context) error {
	d.findFullPacks()
	for i, u := range d.users {
		if i&1023 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := d.user(u); err != nil {
			return err
		}
	}
	for _, p := range d.profiles {
		if err := d.profile(p); err != nil {
			return err
		}
	}
	return d.recordDirectory()
}

// entity sets the prefix of the keys that put writes.
func (d *directory) entity(segments ...string) {
	d.key = d.key[:0]
	for i, s := range segments {
		if i > 0 {
			d.key = append(d.key, '/')
		}
		d.key = append(d.key, collect.EscapeSegment(s)...)
	}
	d.key = append(d.key, '/')
	d.base = len(d.key)
}

func (d *directory) put(name string, v collect.Value, at collect.Origin, members []collect.Origin) error {
	d.key = append(d.key[:d.base], name...)
	return d.rec.Add(collect.Entry{Key: collect.Key(d.key), Value: v, At: at, Members: members})
}

func (d *directory) putSet(name string, g gathered) error {
	return d.put(name, g.value, g.at, g.members)
}

// setKeys are the kinds of statements that give one set each, in the order of
// their keys; always means that the key is there when it is empty too.
var setKeys = [...]struct {
	name   string
	kind   statement
	always bool
}{
	{"autolog", stAutolog, true},
	{"command", stCommand, true},
	{"crypto", stCrypto, false},
	{"dedicate", stDedicate, false},
	{"iucv", stIUCV, true},
	{"link", stLink, true},
	{"logonby", stLogonBy, true},
	{"option", stOption, true},
	{"posix/groups", stPosixGList, false},
	{"posix/opt", stPosixOpt, false},
	{"special", stSpecial, false},
}

// user records one USER or IDENTITY with its profile and its members.
func (d *directory) user(u *entry) error {
	p := d.profiles[u.include]
	if p != nil {
		p.included++
	}
	d.entity("zvm", "user", u.name)
	mask, class := d.effectiveClasses(u, p)
	if err := d.put("class", class, u.at, nil); err != nil {
		return err
	}
	kind := "user"
	if u.kind == stIdentity {
		kind = "identity"
	}
	if u.pool.set {
		kind = "pool"
		if err := d.put("pool", collect.Text(fmt.Sprintf("%05d-%05d", u.pool.low, u.pool.high)), u.at, nil); err != nil {
			return err
		}
	}
	if err := d.put("kind", collect.Text(kind), u.at, nil); err != nil {
		return err
	}
	password := collect.Text(u.password.String())
	if u.password == pwMissing {
		password = collect.Unknown("the entry statement has no password operand")
	}
	if err := d.put("password_class", password, u.at, nil); err != nil {
		return err
	}
	if u.changed != "" {
		if err := d.put("password_changed", collect.Text(u.changed), u.at, nil); err != nil {
			return err
		}
	}
	include := collect.Text("none")
	if u.include != "" {
		include = collect.Text(u.include)
	}
	if err := d.put("profile", include, u.at, nil); err != nil {
		return err
	}
	if err := d.storageOf("storage", stStorage, u.storage, u, p); err != nil {
		return err
	}
	if err := d.storageOf("max_storage", stMaxStorage, u.maximum, u, p); err != nil {
		return err
	}
	d.derived.user(u, mask)
	if err := d.effective(u, p, u, true); err != nil {
		return err
	}
	return d.memberParts(u)
}

// storageOf records a storage size: the statement of the entry, else the operand
// of USER, else the statement of the profile.
func (d *directory) storageOf(name string, kind statement, operand string, e, p *entry) error {
	text, at, ok := d.one(kind, 0, e, nil)
	if !ok && operand != "" {
		text, ok = operand, true
	}
	if !ok {
		text, at, ok = d.one(kind, 0, e, p)
	}
	switch {
	case !ok:
		return d.put(name, collect.Text("default"), e.at, nil)
	case text == unusable:
		return d.put(name, collect.Unknown("the operand in its place is not a storage size"), e.at, nil)
	}
	return d.put(name, collect.Text(text), at, nil)
}

// memberParts records what the SUBCONFIG of each member adds to an IDENTITY.
func (d *directory) memberParts(u *entry) error {
	if u.kind != stIdentity {
		return nil
	}
	var seen []string
	for i := range u.stmts {
		b := &u.stmts[i]
		if b.kind != stBuild {
			continue
		}
		at := u.origin(b.offset, b.line)
		member, name := d.built(b)
		if slices.Contains(seen, member) {
			d.rec.Warn(d.files[at.File], at.Pos, at.Offset, "a second BUILD for the same member is not used")
			continue
		}
		seen = append(seen, member)
		d.entity("zvm", "user", u.name, "on", member)
		if err := d.put("subconfig", collect.Text(name), at, nil); err != nil {
			return err
		}
		s := d.subconfigs[name]
		if s == nil {
			continue
		}
		s.included++
		if len(s.stmts) > 0 {
			if mask, class := d.effectiveClasses(s, nil); mask != 0 {
				if err := d.put("class", class, s.at, nil); err != nil {
					return err
				}
				d.derived.classesOf(u, mask)
			}
		}
		if err := d.effective(s, d.profiles[s.include], u, false); err != nil {
			return err
		}
	}
	return nil
}

// built splits what was kept of a BUILD statement.
func (d *directory) built(b *stmt) (member, subconfig string) {
	text := d.texts.text(b.text)
	for i := range text {
		if text[i] == ' ' {
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// effective records what e states and p adds to it, under the entity that was
// set. User is whose power it is: e itself, or the identity of a SUBCONFIG. With
// all unset, keys that would be empty are left out.
func (d *directory) effective(e, p, user *entry, all bool) error {
	for i := range setKeys {
		k := &setKeys[i]
		g := d.gather(k.kind, e, p)
		d.derived.set(d, user, k.kind, g.value)
		if !g.stated && (!all || !k.always) {
			continue
		}
		if err := d.putSet(k.name, g); err != nil {
			return err
		}
	}
	if err := d.singles(e, p, user); err != nil {
		return err
	}
	if err := d.nics(e, p); err != nil {
		return err
	}
	if g := d.gather(stOther, e, nil); g.stated {
		if err := d.putSet("statement", g); err != nil {
			return err
		}
	}
	if e.unknown > 0 {
		if err := d.put("unknown_statements", collect.Number(e.unknown), e.at, nil); err != nil {
			return err
		}
	}
	counted := e.kind == stSubconfig && e.counted
	e.counted = true
	for _, k := range d.effectiveDisks(e, p) {
		if !counted {
			d.derived.disk(d, user, k.disk)
		}
		if err := d.minidisk(k, e, p); err != nil {
			return err
		}
	}
	return nil
}

// singles records the statements that have one value, where they are stated.
func (d *directory) singles(e, p, user *entry) error {
	n := int64(0)
	at := e.at
	for _, from := range [2]*entry{e, p} {
		if from == nil {
			continue
		}
		for i := range from.stmts {
			if from.stmts[i].kind == stAppcPass {
				if n == 0 {
					at = from.origin(from.stmts[i].offset, from.stmts[i].line)
				}
				n++
			}
		}
	}
	if n > 0 {
		d.derived.appcpass += n
		if err := d.put("appcpass", collect.Number(n), at, nil); err != nil {
			return err
		}
	}
	for _, k := range [...]struct {
		name string
		kind statement
	}{{"ipl", stIPL}, {"machine", stMachine}} {
		if text, at, ok := d.one(k.kind, 0, e, p); ok {
			if err := d.put(k.name, collect.Text(text), at, nil); err != nil {
				return err
			}
		}
	}
	for aux := 1; aux < len(posixKeys); aux++ {
		text, at, ok := d.one(stPosixInfo, uint8(aux), e, p)
		if !ok {
			continue
		}
		v := collect.Text(text)
		if aux == posixUID || aux == posixGID {
			if id, isNumber := decimal([]byte(text)); isNumber {
				v = collect.Number(id)
				if aux == posixUID && id == 0 {
					d.derived.uid0.add(user)
				}
			} else {
				v = collect.Unknown("it is not a number")
			}
		}
		if err := d.put(posixNames[aux], v, at, nil); err != nil {
			return err
		}
	}
	return nil
}

// nics records the network adapters by device number.
func (d *directory) nics(e, p *entry) error {
	d.vdevs = d.vdevs[:0]
	for _, from := range [2]*entry{e, p} {
		if from == nil {
			continue
		}
		for i := range from.stmts {
			if s := &from.stmts[i]; s.kind == stNICDef && !slices.Contains(d.vdevs, s.vdev) && (from == e || !d.has(e, s.vdev)) {
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
		at := from.at
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
		if err := d.putSet(string(d.scratch), g); err != nil {
			return err
		}
	}
	return nil
}

// minidisk records one minidisk under mdisk/<vdev>.
func (d *directory) minidisk(k ownedDisk, e, p *entry) error {
	extent, mode, passwords := collect.Value{}, collect.Text(modes[k.mode].name), d.passwordSet(k.passwords)
	d.scratch = d.texts.appendExtent(d.scratch[:0], k.disk)
	extent = collect.Text(string(d.scratch))
	switch {
	case k.twice:
		extent = collect.Unknown("sources disagree: the entry defines it twice")
		mode = extent
	case k.form == formUnusable:
		extent = collect.Unknown("the operands of the MDISK statement cannot be read")
		mode, passwords = extent, extent
	case k.badMode:
		mode = collect.Unknown("the operand in the place of the mode is no mode")
		passwords = collect.Unknown("the operand in the place of the mode is no mode")
	}
	at := k.from.diskOrigin(k.disk)
	prefix := appendVdev(append(d.scratch[:0], "mdisk/"...), k.vdev)
	prefix = append(prefix, '/')
	d.scratch = prefix
	d.key = append(d.key[:d.base], prefix...)
	base := d.base
	d.base = len(d.key)
	defer func() { d.base = base }()
	if err := d.put("extent", extent, at, nil); err != nil {
		return err
	}
	if err := d.put("mode", mode, at, nil); err != nil {
		return err
	}
	d.members = d.members[:0]
	for i := range k.from.stmts {
		if s := &k.from.stmts[i]; s.kind == stDiskOption && s.vdev == k.vdev {
			d.members = append(d.members, collect.Member{Text: d.texts.text(s.text), At: k.from.origin(s.offset, s.line)})
		}
	}
	if len(d.members) > 0 {
		if err := d.putSet("option", d.join(false, e)); err != nil {
			return err
		}
	}
	return d.put("password", passwords, at, nil)
}

// profile records a PROFILE. What its users have effectively is derived here,
// so that a change of the profile is not counted twice; the rest is its own.
func (d *directory) profile(p *entry) error {
	d.entity("zvm", "profile", p.name)
	for i := range setKeys {
		k := &setKeys[i]
		if !k.always {
			continue
		}
		if err := d.putSet(k.name, d.gather(k.kind, p, nil)); err != nil {
			return err
		}
	}
	g := d.gather(stOther, p, nil)
	if err := d.putSet("statement", g); err != nil {
		return err
	}
	users := collect.Number(p.included)
	if d.whyUnknown != "" {
		users = collect.Unknown(d.whyUnknown)
	}
	if p.unknown > 0 {
		if err := d.put("unknown_statements", collect.Number(p.unknown), p.at, nil); err != nil {
			return err
		}
	}
	return d.put("user_count", users, p.at, nil)
}
