package zvm

import (
	"github.com/irondrift/irondrift/collect"
)

// operands reads the operands of a statement of the current entry. It returns
// why the statement is not well formed, "" when it is; a statement that is not
// does not compile either, so nothing of it takes effect.
func (r *reader) operands(def *definition) string {
	switch def.kind {
	case stInclude:
		return r.include()
	case stBuild:
		return r.build()
	case stGlobalOpts:
		r.directoryWide("globalopts")
		return ""
	case stPosixGroup:
		return r.posixGroup()
	case stAppcPass:
		r.keep(stAppcPass, 0, 0, nil) // its operands hold a password; that it is there is enough
		return ""
	case stAutolog, stLogonBy:
		return r.userids(def)
	case stClass:
		return r.class()
	case stCommand:
		return r.command()
	case stCrypto:
		return r.crypto()
	case stIPL:
		return r.ipl()
	case stIUCV:
		return r.iucv()
	case stMachine:
		return r.machine()
	case stStorage, stMaxStorage:
		return r.storage(def.kind)
	case stOption:
		return r.options()
	case stPool:
		return r.pool()
	case stPosixInfo, stPosixOpt:
		return r.posixPairs(def.kind)
	case stPosixGList:
		return r.posixGroups()
	case stDedicate:
		return r.dedicate()
	case stDiskOption:
		return r.diskOption(def)
	case stLink:
		return r.link()
	case stMDisk:
		return r.mdisk()
	case stNICDef:
		return r.nicdef()
	case stSpecial:
		return r.special()
	}
	return r.other(def)
}

// userids keeps the userids that may AUTOLOG or LOGON BY.
func (r *reader) userids(def *definition) string {
	if r.w.n() < 2 {
		return "it names no userid"
	}
	if r.w.n()-1 > def.operands {
		r.problem(def.name + " names more than eight userids")
	}
	for i := 1; i < r.w.n() && i <= def.operands; i++ {
		if !isName(r.w.up(i), 8) {
			return "an operand cannot be a userid"
		}
		r.keep(def.kind, 0, 0, r.w.up(i))
	}
	return ""
}

// class reads CLASS classes, which may also stand apart.
func (r *reader) class() string {
	if r.w.n() < 2 {
		return "it names no class"
	}
	c := readClasses(r.w.up(1))
	if c.bad || c.star {
		return "its operand cannot be privilege classes"
	}
	r.buf = r.buf[:0]
	for _, l := range letters(c.mask) {
		r.buf = append(r.buf, l...)
	}
	r.keep(stClass, 0, 0, r.buf)
	return ""
}

// crypto keeps each operand of CRYPTO with its keyword: "DOMAIN 1".
func (r *reader) crypto() string {
	keyword := ""
	for i := 1; i < r.w.n(); i++ {
		switch {
		case r.w.is(i, "DOMAIN", 3):
			keyword = "DOMAIN"
		case r.w.is(i, "APDEDICATED", 5):
			keyword = "APDEDICATED"
		case r.w.is(i, "CSU", 3):
			keyword = "CSU"
		case r.w.is(i, "APVIRTUAL", 6):
			keyword = ""
			r.keep(stCrypto, 0, 0, []byte("APVIRTUAL"))
		case r.w.is(i, "KEYENTRY", 3), r.w.is(i, "MODIFY", 3), r.w.is(i, "SPECIAL", 3):
			keyword = ""
			r.keep(stCrypto, 0, 0, r.w.up(i))
		case keyword != "" && (allDigits(r.w.up(i)) || r.w.up(i)[0] == '*') && len(r.w.up(i)) <= 3:
			r.buf = append(append(append(r.buf[:0], keyword...), ' '), r.w.up(i)...)
			r.keep(stCrypto, 0, 0, r.buf)
		default:
			return "" // a remark
		}
	}
	return ""
}

// ipl reads IPL {system|vdev|LOADDEV|NSSDATA} [LOADPARM x] [PARM text]. The
// text goes to the guest, often a Linux kernel, and can hold its passwords, so
// only the CMS words without a secret are kept of it.
func (r *reader) ipl() string {
	what := r.w.up(1)
	if !isName(what, 8) {
		return "it does not name what to load"
	}
	b := r.buf[:0]
	if v, ok := hex(what); ok && hasDigit(what) {
		b = appendVdev(b, v)
	} else {
		b = append(b, what...)
	}
	for i := 2; i < r.w.n(); i++ {
		switch {
		case r.w.is(i, "LOADPARM", 5) && isWord(r.w.up(i+1), 8):
			b = append(append(b, " LOADPARM "...), r.w.up(i+1)...)
			i++
		case r.w.is(i, "PARM", 3):
			b = append(b, " PARM"...)
			for i++; i < r.w.n(); i++ {
				switch s := r.w.up(i); string(s) {
				case "AUTOCR", "NOSPROF", "BATCH", "INSTSEG", "YES", "NO":
					b = append(append(b, ' '), s...)
				default:
					b = append(append(b, ' '), masked...)
					i = r.w.n()
				}
			}
		}
	}
	r.buf = b
	r.single(stIPL, b)
	return ""
}

// masked stands where text was left out because it may hold a secret.
const masked = "<masked>"

// iucv keeps whom the user may connect to: ANY, ALLOW, a userid, or a CP system
// service, for *IDENT with the resource and its scope.
func (r *reader) iucv() string {
	target := r.w.up(1)
	if !isName(target, 8) {
		return "it names no target"
	}
	b := append(r.buf[:0], target...)
	if string(target) == "*IDENT" {
		for i := 2; i < r.w.n() && i <= 4 && isWord(r.w.up(i), 8); i++ {
			b = append(append(b, ' '), r.w.up(i)...)
		}
	}
	r.buf = b
	r.keep(stIUCV, 0, 0, b)
	return ""
}

// machine reads MACHINE architecture [processors].
func (r *reader) machine() string {
	if !isWord(r.w.up(1), 6) {
		return "it names no architecture"
	}
	b := append(r.buf[:0], r.w.up(1)...)
	if n, ok := decimal(r.w.up(2)); ok && n <= 999 {
		b = append(append(b, ' '), r.w.up(2)...)
	}
	r.buf = b
	r.single(stMachine, b)
	return ""
}

func (r *reader) storage(kind statement) string {
	s, ok := size(r.w.up(1))
	if !ok {
		return "its operand is not a storage size"
	}
	r.single(kind, s)
	return ""
}

// single keeps the value of a statement that has one; the last one counts.
func (r *reader) single(kind statement, text []byte) {
	for i := range r.stmts {
		if r.stmts[i].kind == kind {
			if r.texts.text(r.stmts[i].text) != string(text) {
				r.warn("the entry has more than one such statement; the last one counts")
			}
			r.stmts = append(r.stmts[:i], r.stmts[i+1:]...)
			break
		}
	}
	r.keep(kind, 0, 0, text)
}

// other keeps the text of a statement that has no key of its own. Only operands
// that look like operands are kept: behind them CP allows a remark.
func (r *reader) other(def *definition) string {
	b := append(r.buf[:0], def.name...)
	device := def.name == "CONSOLE" || def.name == "SPOOL"
	vdev, isVdev := hex(r.w.up(1))
	if device && !isVdev {
		return "it begins with no device number"
	}
	for i := 1; i < r.w.n() && i <= def.operands; i++ {
		s := r.w.up(i)
		if !isWord(s, 32) {
			break
		}
		b = append(b, ' ')
		if def.name == "LOADDEV" && !loadOperands[string(s)] && (i == 1 || !loadOperands[string(r.w.up(1))]) {
			// SCPDATA is text for the guest; what is not known may be it.
			if i == 1 && string(s) == "SCPDATA" {
				b = append(b, "SCPDATA "...)
			}
			b = append(b, masked...)
			break
		}
		switch {
		case i == 1 && device:
			b = appendVdev(b, vdev)
		case def.name == "SPOOL" && i == 2 && string(s) == "READ", def.name == "SPOOL" && i == 3 && string(s) == "READ":
			b = append(b, "READER"...)
		default:
			b = append(b, s...)
		}
	}
	r.buf = b
	r.keep(stOther, 0, 0, b)
	return ""
}

// loadOperands are the keywords of LOADDEV whose values are no secrets.
var loadOperands = map[string]bool{
	"PORT": true, "PORTNAME": true, "LUN": true, "BOOTPROG": true, "BOOT": true, "BR_LBA": true, "DEVICE": true,
	"SCSI": true, "ECKD": true, "ALTERNATE": true, "SECURE": true, "NOSECURE": true,
}

// The operands of POSIXINFO and their keys; the index is stmt.aux.
var (
	posixKeys  = [...]string{"", "FSROOT", "GID", "GNAME", "IUPGM", "IWDIR", "UID"}
	posixNames = [...]string{"", "posix/fsroot", "posix/gid", "posix/gname", "posix/iupgm", "posix/iwdir", "posix/uid"}
)

const (
	posixFSRoot = iota + 1
	posixGID
	posixGName
	posixIUPgm
	posixIWDir
	posixUID
)

// posixPairs reads POSIXINFO and POSIXOPT, pairs of a keyword and its value.
// Names and paths keep their case.
func (r *reader) posixPairs(kind statement) string {
	if r.w.n() < 3 {
		return "it has no keyword with a value"
	}
	for i := 1; i+1 < r.w.n(); i += 2 {
		keyword, value := r.w.up(i), r.w.raw(i+1)
		if kind == stPosixOpt {
			if !isWord(keyword, 12) || !isWord(r.w.up(i+1), 10) {
				return ""
			}
			r.buf = append(append(append(r.buf[:0], keyword...), ' '), r.w.up(i+1)...)
			r.keep(kind, 0, 0, r.buf)
			continue
		}
		for aux, name := range posixKeys {
			if aux > 0 && string(keyword) == name {
				r.keep(kind, 0, uint8(aux), value)
			}
		}
	}
	return ""
}

func (r *reader) posixGroups() string {
	if !r.w.is(1, "GIDS", 3) && !r.w.is(1, "GNAMES", 3) {
		return "it begins with neither GIDS nor GNAMES"
	}
	for i := 2; i < r.w.n(); i++ {
		r.keep(stPosixGList, 0, 0, r.w.raw(i))
	}
	return ""
}

// posixGroup reads POSIXGROUP name gid of the GLOBALDEFS section. Elsewhere CP
// does not take it, and how far a directory was read would not tell whether one
// is missing.
func (r *reader) posixGroup() string {
	if r.cur == nil || r.cur.kind != stGlobalDefs {
		return "it stands outside of GLOBALDEFS"
	}
	gid, ok := decimal(r.w.up(2))
	if !ok || !isName(r.w.raw(1), 8) {
		return "it is not of the form POSIXGROUP name gid"
	}
	name := string(r.w.raw(1))
	if r.firstGroup[r.cur] == "" {
		r.firstGroup[r.cur] = directoryPrefix.Join("posixgroup", name)
	}
	r.groups = append(r.groups, group{name, gid, r.at})
	r.scrubbed(r.w.up(0), r.w.up(1))
	return ""
}

// group is one POSIXGROUP.
type group struct {
	name string
	gid  int64
	at   collect.Origin
}

func hasDigit(b []byte) bool {
	for _, c := range b {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}
