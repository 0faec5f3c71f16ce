package zert

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// Two other records of type 119 say whether zERT was recording: the TCP/IP
// profile event (subtype 4), written when a stack starts and when OBEYFILE
// changes it, and the stack start/stop record (subtype 8). They are supporting
// evidence: without them nothing is missing, and one that cannot be read is
// passed over.

// profileFlag is one switch of a profile record: the member of a set that it
// makes when it is on, and when it is off ("" for none).
type profileFlag struct {
	statement int // index into profileStatements
	eye       string
	at, size  int
	mask      uint32
	on, off   string
}

// Sets of a stack, below profile/.
var profileStatements = [...]string{"globalconfig", "smfconfig", "netmonitor"}

// Eye catchers of the sections, in EBCDIC: GBCF and MGMT. A record after OBEYFILE
// holds only the sections that changed.
const (
	eyeGlobal     = "\xC7\xC2\xC3\xC6"
	eyeManagement = "\xD4\xC7\xD4\xE3"
)

// profileSet is what profile records said about one statement.
type profileSet struct {
	at      seen
	members map[string]*seen // nil when no record said anything
}

// profileFlags are read from NMTP_GBCFFlags, NMTP_GBCFZertParms,
// NMTP_MGMTSmf119Types and NMTP_MGMTNetMonServices.
var profileFlags = [...]profileFlag{
	{0, eyeGlobal, 4, 2, 0x0040, "ZERT", "NOZERT"},
	{0, eyeGlobal, 148, 1, 0x80, "AGGREGATION", "NOAGGREGATION"},
	{1, eyeManagement, 4, 4, 0x8000, "ZERTDETAIL", "NOZERTDETAIL"},
	{1, eyeManagement, 4, 4, 0x4000, "ZERTSUMMARY", "NOZERTSUMMARY"},
	{1, eyeManagement, 4, 4, 0x2000, "ZERTDETAILBYPOLICY", ""},
	{2, eyeManagement, 8, 1, 0x08, "SYSTCPER", ""},
	{2, eyeManagement, 8, 1, 0x04, "SYSTCPES", ""},
}

// supporting takes a record of subtype 4 or 8 and reports whether it could be
// used.
func (c *collection) supporting(sys *system, rec []byte, when smf.Hundredths, at place) bool {
	v := &c.view
	*v = view{rec: rec}
	if len(rec) < sdTriplets || v.openIdent() != nil {
		return false
	}
	one := seen{at, 1, when, when}
	var use func(st *stack)
	if smf.Subtype(rec) == subtypeStack {
		s, err := v.section(tripletCommon)
		if err != nil || len(s) == 0 {
			return false
		}
		i, known := map[byte]int{0x80: 0, 0x40: 1, 0x20: 2}[s[0]] // SMF119TC_STType
		if !known {
			return false
		}
		use = func(st *stack) {
			st.lifecycle[i].merge(&one)
			st.mark(when, lifecycleMarks[i])
		}
	} else {
		global, management := v.eye(eyeGlobal), v.eye(eyeManagement)
		if global == nil && management == nil {
			return false
		}
		use = func(st *stack) {
			for _, f := range profileFlags {
				s := global
				if f.eye == eyeManagement {
					s = management
				}
				if f.at+f.size > len(s) {
					continue
				}
				var word uint32
				for _, b := range s[f.at : f.at+f.size] {
					word = word<<8 | uint32(b)
				}
				member := f.off
				if word&f.mask != 0 {
					member = f.on
				}
				set := &st.profile[f.statement]
				if set.at.merge(&one); set.members == nil {
					set.members = map[string]*seen{}
				}
				if member == "" {
					continue
				}
				if set.members[member] == nil {
					set.members[member] = &seen{}
				}
				set.members[member].merge(&one)
			}
		}
	}
	if c.repeat.seen(maphash.Bytes(c.seeds[1], rec[4:])) {
		sys.repeated++
		return true
	}
	sys.used++
	st := c.stacks[c.stackOf(sys, v)]
	st.note(v, &one)
	use(st)
	return true
}

// eye returns the section that begins with an eye catcher, nil when there is
// none.
func (v *view) eye(text string) []byte {
	for i := 1; i < int(binary.BigEndian.Uint16(v.rec[sdNumber:])); i++ {
		s, err := v.section(i)
		if err == nil && len(s) >= len(text) && string(s[:len(text)]) == text {
			return s
		}
		if sdTriplets+8*i+8 > len(v.rec) {
			break
		}
	}
	return nil
}

var lifecycleMarks = [...]string{"the stack was started", "the stack was stopped", "the stack ended abnormally"}
