package zvm

import (
	"bytes"

	"github.com/irondrift/irondrift/collect"
)

// beginEntry ends the entry before and begins the one that def names.
func (r *reader) beginEntry(def *definition) {
	r.closeEntry()
	if def.kind == stLoad {
		r.loads += int64(r.w.n() - 1)
		r.usedWide += r.lines
		r.scrubbed(r.w.up(0), nil)
		return
	}
	id := r.w.up(1)
	needsName := def.kind != stDirectory && def.kind != stGlobalDefs
	if needsName && !isName(id, 8) {
		r.cur, r.broken = nil, true
		r.ignored[isUnusable] += r.lines
		if r.cut && r.w.n() < 2 {
			r.ignored[isUnusable] -= r.lines
			r.ignored[isCut] += r.lines
			return
		}
		if def.kind == stProfile {
			r.unusableProf = true
		} else {
			r.unusableUser = true
		}
		r.warn("the %s statement has no usable name; the entry is passed over", def.name)
		return
	}
	r.entryBlocks.need(1)
	e := &r.entryBlocks.free[0]
	r.entryBlocks.free = r.entryBlocks.free[1:]
	e.kind, e.used = def.kind, int32(r.lines)
	e.place = place{file: int32(r.at.File), line: r.at.Pos, offset: r.at.Offset}
	r.cur, r.broken, r.device = e, false, false
	r.stmts, r.disks, r.owners = r.stmts[:0], r.disks[:0], r.owners[:0]
	r.entries = append(r.entries, e)
	switch def.kind {
	case stDirectory:
		if !r.cut {
			r.directoryWide("object")
		}
	case stGlobalDefs:
		r.scrubbed(r.w.up(0), nil)
	default:
		e.name = r.texts.text(r.texts.ref(id))
		switch e.kind {
		case stUser, stIdentity:
			r.owners = append(r.owners, e.name)
			r.user(e)
		case stSubconfig:
			// The owner is the identity, which may not have been read yet. Its
			// name is usually that of the subconfig without the last -n.
			r.owners = append(r.owners, e.name)
			if i := bytes.LastIndexByte(id, '-'); i > 0 {
				r.owners = append(r.owners, e.name[:i])
			}
			r.scrubbed(r.w.up(0), id)
		default:
			r.scrubbed(r.w.up(0), id)
		}
	}
}

// closeEntry keeps the statements of the current entry.
func (r *reader) closeEntry() {
	if r.cur == nil {
		return
	}
	r.cur.stmts = r.stmtBlocks.copy(r.stmts)
	r.cur.disks = r.diskBlocks.copy(r.disks)
	r.cur = nil
}

// user reads the operands of USER and IDENTITY:
//
//	USER userid password [storage [maximum [classes [...]]]]
//
// The first operand that cannot be what its place says ends the reading: an
// operand is missing or one too many, and from there on a password may stand
// anywhere. Operands behind the classes (dispatch priority, line-edit
// characters) are not kept.
func (r *reader) user(e *entry) {
	password := r.w.up(2)
	e.password = r.vendor.classify(password, e.name)
	if e.password == pwMissing {
		r.warn("the entry statement has no password operand")
	}
	for i := 3; i <= 5 && i < r.w.n(); i++ {
		operand := r.w.up(i)
		if i == 5 {
			if e.classes = readClasses(operand); e.classes.bad {
				r.warn("the operand in the place of the privilege classes cannot be one; it is not kept")
			}
			break
		}
		canonical, ok := size(operand)
		if !ok {
			e.markUnusable(i)
			r.warn("operand %d of the entry statement is not a storage size; it and those behind it are not kept", i)
			break
		}
		if i == 3 {
			e.storage = r.texts.ref(canonical)
		} else {
			e.maximum = r.texts.ref(canonical)
		}
	}
	if r.cut {
		// What stands behind the cut is missing, not defaulted.
		e.markUnusable(r.w.n())
	}

	r.userProblems(e)

	b := append(append(append(r.buf[:0], e.name...), " <"...), e.password.String()...)
	b = append(append(append(append(b, "> "...), r.texts.text(e.storage)...), ' '), r.texts.text(e.maximum)...)
	if e.classes.stated && !e.classes.bad {
		b = append(b, ' ')
		if e.classes.star {
			b = append(b, '*')
		}
		for _, c := range letters(e.classes.mask) {
			b = append(b, c...)
		}
	}
	r.buf = b
	r.scrubbed(r.w.up(0), b)
}

// markUnusable marks the operands from the i-th on as not known.
func (e *entry) markUnusable(i int) {
	if i <= 3 {
		e.storage = unusable
	}
	if i <= 4 {
		e.maximum = unusable
	}
	if i <= 5 {
		e.classes = classes{stated: true, bad: true}
	}
}

// pool reads POOL LOW n HIGH n [PROFILE name]: userids made of the userid and
// five digits.
func (r *reader) pool() string {
	var p pool
	profile := ""
	for i := 1; i+1 < r.w.n(); i += 2 {
		n, ok := decimal(r.w.up(i + 1))
		switch {
		case r.w.is(i, "LOW", 3) && ok:
			p.low, p.set = int32(min(n, 1e9)), true
		case r.w.is(i, "HIGH", 4) && ok:
			p.high = int32(min(n, 1e9))
		case r.w.is(i, "PROFILE", 4) && isName(r.w.up(i+1), 8):
			profile = r.texts.text(r.texts.ref(r.w.up(i + 1)))
		default:
			return "it has an operand that is not LOW, HIGH or PROFILE with its value"
		}
	}
	if !p.set || p.high < p.low || p.high > 99999 {
		return "LOW and HIGH are not a range of at most five digits"
	}
	r.cur.pool = p
	if r.cur.include == "" {
		r.cur.include = profile
	}
	r.scrubbed(r.w.up(0), nil)
	return ""
}

// include reads INCLUDE profile; profiles do not nest.
func (r *reader) include() string {
	name := r.w.up(1)
	switch {
	case !isName(name, 8):
		return "it names no profile"
	case r.cur.kind == stProfile:
		return "a profile cannot include another"
	case r.cur.include != "" && r.cur.include != string(name):
		r.warn("a second INCLUDE names another profile; it replaces the first")
	}
	r.cur.include = r.texts.text(r.texts.ref(name))
	r.scrubbed(r.w.up(0), name)
	return ""
}

// build reads BUILD ON member USING SUBCONFIG name. It is kept as "member name".
func (r *reader) build() string {
	member, name := r.w.up(2), r.w.up(5)
	if string(r.w.up(1)) != "ON" || string(r.w.up(3)) != "USING" || !r.w.is(4, "SUBCONFIG", 4) || !isName(member, 8) || !isName(name, 8) {
		return "it is not of the form BUILD ON member USING SUBCONFIG name"
	}
	if r.cur.kind != stIdentity {
		return "it stands outside an IDENTITY"
	}
	r.builders[string(name)] = append(r.builders[string(name)], r.cur.name)
	r.buf = append(append(append(r.buf[:0], member...), ' '), name...)
	r.keep(stBuild, 0, 0, r.buf)
	return ""
}

// directoryWide records what the statements before the first entry say about
// the directory as a whole.
func (r *reader) directoryWide(key string) {
	b := r.buf[:0]
	for i := 1; i < r.w.n() && i <= 5; i++ {
		s := r.w.up(i)
		if !isWord(s, 8) {
			break
		}
		if i > 1 {
			b = append(b, ' ')
		}
		if key == "globalopts" && r.w.is(i, "MACHINE", 4) {
			b = append(b, "MACHINE"...)
		} else if v, ok := hex(s); ok && (i == 1 || i == 2 && string(r.w.up(1)) == "SSI") && key == "object" {
			b = appendVdev(b, v)
		} else {
			b = append(b, s...)
		}
	}
	r.buf = b
	if len(b) > 0 {
		r.wide[key] = append(r.wide[key], collect.Member{Text: string(b), At: r.at})
	}
	r.scrubbed(r.w.up(0), b)
}
