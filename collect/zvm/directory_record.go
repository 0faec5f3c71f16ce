package zvm

import (
	"context"
	"fmt"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// record hands everything to the recorder. Users come in the order of their
// names and the keys of each come sorted, because that is what the sorting
// behind the recorder is fastest with; the functions below keep that order.
func (d *directory) record(ctx context.Context) error {
	d.survey()
	for i, u := range d.users {
		if i&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d.user(u)
		if d.err != nil {
			return d.err
		}
	}
	for _, p := range d.profiles {
		d.profile(p)
	}
	d.recordDirectory()
	return d.err
}

// entity sets the prefix of the keys that put writes.
func (d *directory) entity(segments ...string) {
	d.key = d.key[:0]
	for _, s := range segments {
		d.key = append(append(d.key, collect.EscapeSegment(s)...), '/')
	}
	d.base = len(d.key)
}

// put records a value of the entity. The first error is kept in d.err and ends
// everything that follows.
func (d *directory) put(name string, v collect.Value, at collect.Origin) {
	d.add(name, v, at, nil)
}

func (d *directory) add(name string, v collect.Value, at collect.Origin, members []collect.Origin) {
	if d.err != nil {
		return
	}
	d.key = append(d.key[:d.base], name...)
	d.err = d.rec.Add(collect.Entry{Key: collect.Key(d.key), Value: v, At: at, Members: members})
}

// user records one USER or IDENTITY with its profile and its members.
func (d *directory) user(u *entry) {
	p := d.profiles[u.include]
	if p != nil {
		p.included++
	}
	mask, class := d.effectiveClasses(u, p)
	d.derived.user(d.texts, u, mask)
	d.entity("zvm", "user", u.name)
	d.effective(u, p, u, class)
}

// effective records what e states and p adds to it, under the entity that was
// set. Owner is whose power it is: e itself, or the IDENTITY that builds on e.
// For a SUBCONFIG only what is stated is recorded, since the rest is the
// identity's.
func (d *directory) effective(e, p, owner *entry, class collect.Value) {
	whole := e == owner
	set := func(name string, kind statement, always bool) {
		g := d.gather(kind, e, p)
		d.derived.set(owner, kind, g)
		if g.stated || whole && always {
			d.add(name, g.value, g.at, g.members)
		}
	}
	one := func(name string, kind statement) {
		if text, at, ok := d.one(kind, 0, e, p); ok {
			d.put(name, collect.Text(text), at)
		}
	}
	d.appcpass(e, p)
	set("autolog", stAutolog, true)
	if !class.IsAbsent() {
		d.put("class", class, e.at())
	}
	set("command", stCommand, true)
	set("crypto", stCrypto, false)
	set("dedicate", stDedicate, false)
	one("ipl", stIPL)
	set("iucv", stIUCV, true)
	if whole {
		d.put("kind", e.userKind(), e.at())
	}
	set("link", stLink, true)
	set("logonby", stLogonBy, true)
	one("machine", stMachine)
	d.storage("max_storage", stMaxStorage, e.maximum, e, p, whole)
	d.minidisks(e, p, owner)
	d.nics(e, p)
	if e.kind == stIdentity {
		d.memberParts(e)
	}
	set("option", stOption, true)
	if whole {
		d.identification(e)
	}
	d.posix(e, p, owner, set)
	if whole && len(d.derived.power) > 0 {
		d.put("privileged_command", d.derived.powerOf(owner), d.derived.powerAt)
	}
	d.problems(e, owner)
	if whole {
		d.put("profile", e.profile(), e.at())
		reach := d.derived.reach.value()
		if d.whyUnknown != "" {
			reach = collect.Unknown(d.whyUnknown)
		}
		d.put("reach", reach, e.at())
	}
	set("special", stSpecial, false)
	if g := d.gather(stOther, e, nil); g.stated {
		d.add("statement", g.value, g.at, g.members)
	}
	d.storage("storage", stStorage, e.storage, e, p, whole)
	if e.unknown > 0 {
		d.put("unknown_statements", collect.Number(int64(e.unknown)), e.at())
	}
	set("vmsecure", stVMSecure, false)
}

// The values of kind and profile.
var (
	kindUser     = collect.Text("user")
	kindIdentity = collect.Text("identity")
	kindPool     = collect.Text("pool")
	none         = collect.Text("none")
)

func (e *entry) userKind() collect.Value {
	switch {
	case e.pool.set:
		return kindPool
	case e.kind == stIdentity:
		return kindIdentity
	}
	return kindUser
}

// profile is the profile that the entry includes. INCLUDE stands in front of all
// other statements but BUILD, so an entry that was cut before any of them may
// have lost it.
func (e *entry) profile() collect.Value {
	begun := len(e.disks) > 0 || slices.ContainsFunc(e.stmts, func(s stmt) bool { return s.kind != stBuild })
	switch {
	case e.include != "":
		return collect.Text(e.include)
	case e.cut && !begun:
		return collect.Unknown("the extract may have been cut off before its INCLUDE")
	}
	return none
}

// identification records what the entry statement says about the password, and
// the range of a pool.
func (d *directory) identification(u *entry) {
	if u.changed != 0 {
		d.put("password_changed", collect.Text(d.texts.text(u.changed)), u.at())
	}
	password := collect.Text(u.password.String())
	if u.password == pwMissing {
		password = collect.Unknown("the entry statement has no password operand")
	}
	d.put("password_class", password, u.at())
	if u.pool.set {
		d.put("pool", collect.Text(fmt.Sprintf("%05d-%05d", u.pool.low, u.pool.high)), u.at())
	}
}

// storage records a storage size: the statement of the entry, else the operand
// of USER, else the statement of the profile.
func (d *directory) storage(name string, kind statement, operand ref, e, p *entry, always bool) {
	text, at, ok := d.one(kind, 0, e, nil)
	if !ok && operand != 0 {
		text, ok = d.texts.text(operand), true
	}
	if !ok {
		text, at, ok = d.one(kind, 0, e, p)
	}
	switch {
	case !ok && always:
		d.put(name, collect.Text("default"), e.at())
	case operand == unusable && text == d.texts.text(unusable):
		d.put(name, collect.Unknown("the operand in its place is not a storage size"), e.at())
	case ok:
		d.put(name, collect.Text(text), at)
	}
}

// memberParts records what the SUBCONFIG of each member adds to an IDENTITY.
func (d *directory) memberParts(u *entry) {
	base := d.base
	defer func() { d.base = base }()
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
		d.key = append(append(append(d.key[:base], "on/"...), collect.EscapeSegment(member)...), '/')
		d.base = len(d.key)
		if s := d.subconfigs[name]; s != nil {
			s.included++
			mask, class := d.effectiveClasses(s, nil)
			if mask == 0 {
				class = collect.Value{}
			}
			d.derived.classesOf(u, mask)
			d.effective(s, d.profiles[s.include], u, class)
		}
		d.put("subconfig", collect.Text(name), at)
	}
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

// appcpass records how many APPCPASS statements there are: their operands are
// secrets, and which gateway they are for cannot be told safely from a line with
// an operand too few.
func (d *directory) appcpass(e, p *entry) {
	n, at := int64(0), e.at()
	for _, from := range [2]*entry{e, p} {
		if from == nil {
			continue
		}
		for i := range from.stmts {
			if s := &from.stmts[i]; s.kind == stAppcPass {
				if n == 0 {
					at = from.origin(s.offset, s.line)
				}
				n++
			}
		}
	}
	if n > 0 {
		d.derived.appcpass += n
		d.put("appcpass", collect.Number(n), at)
	}
}

// posix records the POSIX statements.
func (d *directory) posix(e, p, owner *entry, set func(name string, kind statement, always bool)) {
	one := func(aux uint8) {
		text, at, ok := d.one(stPosixInfo, aux, e, p)
		if !ok {
			return
		}
		v := collect.Text(text)
		if aux == posixUID || aux == posixGID {
			v = collect.Unknown("it is not a number")
			if id, isNumber := decimal([]byte(text)); isNumber {
				v = collect.Number(id)
				if aux == posixUID && id == 0 {
					d.derived.uid0.add(owner)
				}
			}
		}
		d.put(posixNames[aux], v, at)
	}
	one(posixFSRoot)
	one(posixGID)
	one(posixGName)
	set("posix/groups", stPosixGList, false)
	one(posixIUPgm)
	one(posixIWDir)
	set("posix/opt", stPosixOpt, false)
	one(posixUID)
}

// profile records a PROFILE. What its users have effectively is derived here,
// so that a change of the profile is not counted twice; the rest is its own.
func (d *directory) profile(p *entry) {
	d.entity("zvm", "profile", p.name)
	for _, k := range [...]struct {
		name string
		kind statement
	}{
		{"autolog", stAutolog}, {"command", stCommand}, {"iucv", stIUCV}, {"link", stLink}, {"logonby", stLogonBy},
		{"option", stOption}, {"statement", stOther},
	} {
		if k.kind == stOther {
			d.problems(p, p)
		}
		g := d.gather(k.kind, p, nil)
		d.add(k.name, g.value, g.at, g.members)
	}
	if p.unknown > 0 {
		d.put("unknown_statements", collect.Number(int64(p.unknown)), p.at())
	}
	users := collect.Number(int64(p.included))
	if d.whyUnknown != "" {
		users = collect.Unknown(d.whyUnknown)
	}
	d.put("user_count", users, p.at())
}
