package zvm

import "bytes"

// link reads LINK owner vdev1 [vdev2 [mode]], a link at logon for which CP asks
// no password. It is kept as "OWNER.0190 RR"; "default" stands for a mode that
// is not given.
func (r *reader) link() string {
	owner := r.w.up(1)
	theirs, ok := hex(r.w.up(2))
	if !isName(owner, 8) || !ok {
		return "it is not of the form LINK owner vdev"
	}
	ours := theirs
	mode := "default"
	var aux uint8
	if r.w.n() > 3 {
		v, ok := hex(r.w.up(3))
		m, isMode := readMode(r.w.up(4))
		if ok {
			ours = v
		}
		switch {
		case ok && isMode:
			mode, aux = modes[m].name, linkRead
			if modes[m].write {
				aux = linkWrite
			}
		case !ok || r.w.n() > 4:
			mode = "unknown"
			r.warn("an operand of LINK is neither a device number nor a mode; it is not kept")
		}
	}
	r.buf = append(append(appendVdev(append(append(r.buf[:0], owner...), '.'), theirs), ' '), mode...)
	r.keep(stLink, ours, aux, r.buf)
	return ""
}

// What a LINK asks for, in stmt.aux.
const (
	linkRead = iota + 1
	linkWrite
)

// nicdef reads NICDEF vdev keyword value ... Statements for one device add up,
// so each keyword is kept on its own. The reading ends at the first word that is
// not known: it may be a remark.
func (r *reader) nicdef() string {
	vdev, ok := hex(r.w.up(1))
	if !ok {
		return "it begins with no device number"
	}
	r.keep(stNICDef, vdev, 0, nil) // a NIC without operands is a NIC too
	for i := 2; i < r.w.n(); {
		var name string
		values := 1
		switch {
		case r.w.is(i, "TYPE", 4):
			name = "TYPE"
		case r.w.is(i, "DEVICES", 3):
			name = "DEVICES"
		case r.w.is(i, "LAN", 3):
			name, values = "LAN", 2
		case r.w.is(i, "CHPID", 5):
			name = "CHPID"
		case r.w.is(i, "MACID", 5):
			name = "MACID"
		case r.w.is(i, "VLAN", 4):
			name, values = "VLAN", r.list(i+1)
		case r.w.is(i, "PORTTYPE", 5):
			name = "PORTTYPE"
		case r.w.is(i, "PORTNUMBER", 5):
			name = "PORTNUMBER"
		case r.w.is(i, "MACPROTECT", 4):
			name = "MACPROTECT"
		case r.w.is(i, "PROMISCUOUS", 4):
			name, values = "PROMISCUOUS", 0
		case r.w.is(i, "NOPROMISCUOUS", 6):
			name, values = "NOPROMISCUOUS", 0
		}
		if name == "" {
			r.warn("a keyword of NICDEF is not known; it and what follows are not kept")
			return ""
		}
		b := append(r.buf[:0], name...)
		for j := 1; j <= values && isName(r.w.up(i+j), 20); j++ {
			b = append(append(b, ' '), r.w.up(i+j)...)
		}
		r.buf = b
		r.keep(stNICDef, vdev, 0, b)
		i += 1 + values
	}
	return ""
}

// list is how many words from i on are numbers or ranges of numbers.
func (r *reader) list(i int) int {
	n := 0
	for ; i < r.w.n(); i++ {
		for _, c := range r.w.up(i) {
			if (c < '0' || c > '9') && c != '-' && c != ',' {
				return max(n, 1)
			}
		}
		n++
	}
	return max(n, 1)
}

// dedicate reads DEDICATE vdev {rdev|volume} [R/O] ..., kept as "0200 0A00 R/O".
func (r *reader) dedicate() string {
	vdev, ok := hex(r.w.up(1))
	what := r.w.up(2)
	if !ok || !isWord(what, 8) {
		return "it is not of the form DEDICATE vdev rdev"
	}
	b := append(appendVdev(r.buf[:0], vdev), ' ')
	if v, ok := hex(what); ok && len(what) <= 4 {
		b = appendVdev(b, v)
	} else {
		b = append(b, what...)
	}
	for i := 3; i < r.w.n(); i++ {
		switch s := r.w.up(i); string(s) {
		case "R/O", "READONLY", "RO":
			b = append(b, " R/O"...)
		case "MULTIUSER", "MULTI", "SYSCTL", "DEVCTL", "NOCTL", "NOQIOASSIST", "SINGLEUSER", "SINGLE":
			b = append(append(b, ' '), s...)
		}
	}
	r.buf = b
	r.keep(stDedicate, vdev, 0, b)
	return ""
}

// special reads SPECIAL vdev type [operands], kept as "0600 CTCA *".
func (r *reader) special() string {
	vdev, ok := hex(r.w.up(1))
	if !ok || !isWord(r.w.up(2), 8) {
		return "it is not of the form SPECIAL vdev type"
	}
	b := append(append(appendVdev(r.buf[:0], vdev), ' '), r.w.up(2)...)
	for i := 3; i < r.w.n() && i <= 5 && isWord(r.w.up(i), 8); i++ {
		b = append(append(b, ' '), r.w.up(i)...)
	}
	r.buf = b
	r.keep(stSpecial, vdev, 0, b)
	return ""
}

// diskOption reads DASDOPT and MINIOPT, which qualify the minidisk or dedicated
// device before them.
func (r *reader) diskOption(def *definition) string {
	b := append(r.buf[:0], def.name...)
	for i := 1; i < r.w.n() && i <= def.operands && isWord(r.w.up(i), 10); i++ {
		b = append(append(b, ' '), r.w.up(i)...)
	}
	r.buf = b
	n := len(r.disks)
	offset, line := r.cur.since(r.at)
	onDisk := n > 0 && r.disks[n-1].line <= line && r.disks[n-1].offset <= offset
	for i := len(r.stmts) - 1; i >= 0 && onDisk; i-- {
		if r.stmts[i].kind == stDedicate && r.stmts[i].line > r.disks[n-1].line {
			onDisk = false
		}
	}
	if !onDisk {
		r.keep(stOther, 0, 0, b)
		return ""
	}
	r.keep(stDiskOption, r.disks[n-1].vdev, 0, bytes.TrimSpace(b))
	return ""
}
