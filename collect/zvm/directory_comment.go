package zvm

import (
	"bytes"

	"github.com/irondrift/irondrift/collect"
)

// A directory manager keeps data of its own in comments, which CP passes over.

// comment passes a comment over, unless it is one of those:
//
//	*DVHOPT LNK0 LOG1 ... PWC20180808 ...  DirMaint; PWC is the day of the last password change
//	*NB=Y                                  VM:Secure; the userid is for LOGON BY only
//	*FL=...                                VM:Secure; its value is not kept
func (r *reader) comment(text []byte, at collect.Origin, touches bool) {
	if r.scrubber != nil {
		r.scrubber.begin()
		r.w.set(text)
	}
	r.cut = touches
	used := r.cur != nil && !(touches && bytes.IndexByte(text, ' ') < 0) && r.managed(text, at, touches)
	if used {
		r.cur.used++
	} else {
		r.ignored[isComment]++
	}
	if r.scrubber != nil {
		r.scrubber.comment(used)
	}
}

func (r *reader) managed(text []byte, at collect.Origin, touches bool) bool {
	r.w.set(text)
	r.at, r.lines = at, 1
	switch first := r.w.up(0); {
	case string(first) == "*DVHOPT":
		r.managers[byDirMaint] = true
		last := r.w.n()
		if touches {
			last--
		}
		for i := 1; i < last; i++ {
			if date, ok := bytes.CutPrefix(r.w.up(i), []byte("PWC")); ok && isDate(date) {
				r.buf = append(append(append(append(append(r.buf[:0], date[:4]...), '-'), date[4:6]...), '-'), date[6:]...)
				r.cur.changed = r.texts.ref(r.buf)
				return true
			}
		}
	case bytes.HasPrefix(first, []byte("*NB=")):
		r.managers[byVMSecure] = true
		if v := first[4:]; string(v) == "Y" || string(v) == "N" {
			r.keep(stVMSecure, 0, 0, first[1:])
		} else {
			r.keep(stVMSecure, 0, 0, first[1:3])
		}
		return true
	case bytes.HasPrefix(first, []byte("*FL=")):
		r.managers[byVMSecure] = true
		r.keep(stVMSecure, 0, 0, first[1:3])
		return true
	}
	return false
}

// The directory managers whose marks comments show.
const (
	byDirMaint = iota
	byVMSecure
)

var managerNames = [...]string{byDirMaint: "dirmaint", byVMSecure: "vmsecure"}

func isDate(b []byte) bool {
	n, ok := decimal(b)
	month, day := n/100%100, n%100
	return ok && len(b) == 8 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}
