package zvm

import (
	"bytes"
	"slices"
	"strconv"
)

// diskForm is how an MDISK says where it lies.
type diskForm uint8

const (
	formUnusable diskForm = iota // its operands cannot be read
	formExtent                   // start count volume
	formDevno                    // DEVNO rdev: a whole real device
	formVirtual                  // V-DISK or T-DISK and a size: no volume
	formPlaced                   // AUTOG 800 LINUX and the like: DirMaint chooses the place
)

// toEnd is the count of an extent that reaches the end of its volume.
const toEnd = -1

type mode struct {
	name  string
	write bool
}

// modes are the access modes of MDISK and LINK. The letter V (virtual reserve)
// may follow each.
var modes = []mode{
	{"W", true}, // the default of MDISK, so the zero value
	{"R", false}, {"RR", false}, {"WR", true}, {"M", true}, {"MR", true}, {"MW", true},
	{"SR", false}, {"SW", true}, {"SM", true}, {"ER", false}, {"EW", true},
	{"WV", true}, {"RV", false}, {"RRV", false}, {"WRV", true}, {"MV", true}, {"MRV", true}, {"MWV", true},
	{"SRV", false}, {"SWV", true}, {"SMV", true}, {"ERV", false}, {"EWV", true},
}

func readMode(b []byte) (uint8, bool) {
	if len(b) == 0 || len(b) > 3 {
		return 0, false
	}
	for i := range modes {
		if modes[i].name == string(b) {
			return uint8(i), true
		}
	}
	return 0, false
}

// mdisk reads MDISK vdev devtype location [mode [read [write [multi]]]].
//
// Each operand must look like what belongs in its place. From the first that
// does not, nothing is kept: passwords follow, and with an operand too few one
// of them would stand in the place of a volume or a mode. The disk itself is
// kept, its keys are unknown.
func (r *reader) mdisk() string {
	vdev, ok := hex(r.w.up(1))
	if !ok {
		return "it begins with no device number"
	}
	d := disk{vdev: vdev}
	d.offset, d.line = r.cur.since(r.at)
	next := r.location(&d)
	if d.form == formUnusable {
		d.badMode = true
		r.warn("the location of an MDISK cannot be read; nothing behind the device number is kept")
	} else if next < r.w.n() {
		m, ok := readMode(r.w.up(next))
		if d.mode = m; !ok {
			d.badMode = true
			r.warn("the operand in the place of the mode of an MDISK is no mode; it and those behind it are not kept")
		} else {
			r.diskPasswords(&d, next+1)
		}
	} else if r.cut {
		d.badMode = true
	}
	if r.scrubber != nil {
		r.scrubber.disk, r.scrubber.diskIndex = d, len(r.disks)
	}
	for i := range r.disks {
		if old := &r.disks[i]; old.vdev == vdev {
			same := *old
			same.offset, same.line = d.offset, d.line
			if same != d {
				old.twice = true
				for j, p := range d.passwords {
					old.passwords[j] = max(old.passwords[j], p)
				}
				r.warn("the entry defines a minidisk twice under one device number")
			}
			r.late = slices.DeleteFunc(r.late, func(l latePassword) bool { return l.entry == r.cur && l.disk == len(r.disks) })
			return ""
		}
	}
	r.disks = append(r.disks, d)
	r.scrubDisk(&d)
	return ""
}

// location reads the device type and the place of a minidisk and returns the
// index of the operand behind them.
func (r *reader) location(d *disk) int {
	device, start := r.w.up(2), r.w.up(3)
	if !isDeviceType(device) || len(start) == 0 {
		return 0
	}
	n, isNumber := decimal(start)
	switch {
	case isNumber:
		count, ok := decimal(r.w.up(4))
		if string(r.w.up(4)) == "END" {
			count, ok = toEnd, true
		}
		if !ok || !isVolume(r.w.up(5)) {
			return 0
		}
		d.form, d.start, d.count, d.volume = formExtent, n, count, r.texts.ref(r.w.up(5))
	case string(start) == "DEVNO":
		rdev, ok := hex(r.w.up(4))
		if !ok {
			return 0
		}
		d.form, d.start, d.device = formDevno, int64(rdev), r.texts.ref(device)
		return 5
	case string(start) == "V-DISK" || string(start) == "T-DISK":
		count, ok := decimal(r.w.up(4))
		if !ok {
			return 0
		}
		d.form, d.count, d.word, d.device = formVirtual, count, r.texts.ref(start), r.texts.ref(device)
		return 5
	case isPlacement(start):
		count, ok := decimal(r.w.up(4))
		if !ok || !isWord(r.w.up(5), 8) {
			return 0
		}
		d.form, d.count, d.word, d.volume = formPlaced, count, r.texts.ref(start), r.texts.ref(r.w.up(5))
		r.problem("the place of a minidisk is left to DirMaint")
	default:
		return 0
	}
	d.device = r.texts.ref(device)
	return 6
}

// isDeviceType reports whether b can be a device type: four digits with or
// without a model (3390, 3340-35), or a word such as FB-512. Shorter numbers are
// device numbers in the wrong place.
func isDeviceType(b []byte) bool {
	if !isWord(b, 8) {
		return false
	}
	return 'A' <= b[0] && b[0] <= 'Z' || len(b) >= 4 && allDigits(b[:4])
}

// isVolume reports whether b can be a volume label, or &SYSRES.
func isVolume(b []byte) bool {
	return isWord(b, 6) || string(b) == "&SYSRES"
}

// isPlacement reports whether b is one of DirMaint's words for "find a place":
// AUTOG, AUTOV, AUTOR, GBLK4096, VBLK512 ...
func isPlacement(b []byte) bool {
	if rest, ok := bytes.CutPrefix(b, []byte("AUTO")); ok {
		return len(rest) == 1
	}
	return len(b) > 4 && string(b[1:4]) == "BLK" && allDigits(b[4:])
}

// latePassword is a minidisk password of a SUBCONFIG, held until its identity
// is known, because a password that equals the owner's name is a default one.
type latePassword struct {
	entry    *entry
	disk     int
	place    int
	password []byte
}

func (r *reader) diskPasswords(d *disk, from int) {
	for i := range d.passwords {
		word := r.w.up(from + i)
		d.passwords[i] = r.vendor.classifyDisk(word, r.owners...)
		if d.passwords[i] == dpOther && r.cur.kind == stSubconfig {
			r.late = append(r.late, latePassword{r.cur, len(r.disks), i, bytes.Clone(word)})
		}
	}
}

// settleLate classifies the passwords that waited for their identities, and
// forgets them.
func (r *reader) settleLate() {
	for _, l := range r.late {
		// Of a minidisk that is defined twice the worse password counts already.
		if l.disk < len(l.entry.disks) && !l.entry.disks[l.disk].twice {
			l.entry.disks[l.disk].passwords[l.place] = r.vendor.classifyDisk(l.password, append(r.builders[l.entry.name], nameStem(l.entry.name)...)...)
		}
		clear(l.password)
	}
	r.late = nil
}

// nameStem returns the names an entry's minidisk passwords may be made from.
func nameStem(name string) []string {
	if i := bytes.LastIndexByte([]byte(name), '-'); i > 0 {
		return []string{name, name[:i]}
	}
	return []string{name}
}

// appendExtent writes the place of a disk: "3390 1 5 LNX301".
func (t *texts) appendExtent(b []byte, d *disk) []byte {
	b = append(append(b, t.text(d.device)...), ' ')
	switch d.form {
	case formDevno:
		return appendVdev(append(b, "DEVNO "...), uint16(d.start))
	case formVirtual:
		return strconv.AppendInt(append(append(b, t.text(d.word)...), ' '), d.count, 10)
	case formPlaced:
		b = append(append(b, t.text(d.word)...), ' ')
	default:
		b = append(strconv.AppendInt(b, d.start, 10), ' ')
	}
	if d.count == toEnd {
		b = append(b, "END"...)
	} else {
		b = strconv.AppendInt(b, d.count, 10)
	}
	return append(append(b, ' '), t.text(d.volume)...)
}

// fullSizes are the cylinders of whole volumes by device type; FBA volumes have
// no fixed size.
var fullSizes = map[string][]int64{
	"3330": {404, 808},
	"3340": {348, 696},
	"3350": {555},
	"3375": {959},
	"3380": {885, 1770, 2655},
	"3390": {1113, 2226, 3339, 10017, 30051, 32760, 60102, 65520, 262668},
}

// isFullPack reports whether a disk is a whole volume, and so reaches every
// minidisk on it.
func (t *texts) isFullPack(d *disk) bool {
	switch {
	case d.form == formDevno:
		return true
	case d.form != formExtent || d.start != 0:
		return false
	case d.count == toEnd:
		return true
	}
	for _, n := range fullSizes[t.text(d.device)] {
		if n == d.count {
			return true
		}
	}
	return false
}

func (r *reader) scrubDisk(d *disk) {
	b := append(appendVdev(r.buf[:0], d.vdev), ' ')
	if d.form != formUnusable {
		b = r.texts.appendExtent(b, d)
	}
	if !d.badMode {
		b = append(append(b, ' '), modes[d.mode].name...)
	}
	for _, p := range d.passwords {
		if p != dpNone {
			b = append(append(append(b, " <"...), diskPasswordNames[p]...), '>')
		}
	}
	r.buf = b
	r.scrubbed(r.w.up(0), b)
}
