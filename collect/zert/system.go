package zert

import (
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// system is one z/OS system by its SMF system id.
type system struct {
	sid      [4]byte
	name     string
	read     int64
	used     int64
	repeated int64
	types    [256]int64       // records passed over, by type, except 119
	subtypes map[uint16]int64 // and of type 119, by subtype
	odd      map[string]int64 // and summary records that say nothing usable
	summary  int64            // summary records, usable or not
	period   span
	broken   damage // summary records that could not be decoded
	negative int64  // counters that ran backwards
}

// damage counts what is wrong and keeps the first instance in words.
type damage struct {
	count int64
	first string
	file  int32
	pos   int64
	off   int64
}

func (d *damage) add(at place, what string) {
	if d.count++; d.count == 1 {
		d.first, d.file, d.pos, d.off = what, at.file, at.pos, at.offset
	}
}

type stackKey struct {
	sid   [4]byte
	stack [8]byte
}

// stack is one TCP/IP stack of a system.
type stack struct {
	key       stackKey
	system    *system
	intervals intervals
	events    [2]seen // aggregation enabled, disabled
	sysname   table[[8]byte, seen]
	sysplex   table[[8]byte, seen]
	release   table[[8]byte, seen]
	last      place
	open      bool // the last interval record said that more of its set follow
}

// maxSystems bounds the systems of one dump; a sysplex has at most 32.
const maxSystems = 1000

// systemOf returns the system of a record, nil when there are too many.
func (c *collection) systemOf(rec []byte) *system {
	sid := smf.SystemID(rec)
	if c.latest != nil && c.latest.sid == sid {
		return c.latest
	}
	blank(sid[:])
	s := c.systems[sid]
	if s == nil {
		if len(c.systems) >= maxSystems {
			return nil
		}
		s = &system{sid: sid, name: c.page.String(sid[:]), subtypes: map[uint16]int64{}, odd: map[string]int64{}}
		c.systems[sid] = s
	}
	c.latest = s
	return s
}

// stackOf returns the stack of a record.
func (c *collection) stackOf(sys *system, v *view) uint32 {
	k := stackKey{sys.sid, [8]byte(v.ident[tiStack : tiStack+8])}
	blank(k.stack[:])
	n, ok := c.byStack[k]
	if !ok {
		n = uint32(len(c.stacks))
		c.byStack[k] = n
		c.stacks = append(c.stacks, &stack{key: k, system: sys})
	}
	return n
}

// note keeps what the identification section says beside the stack's name.
func (st *stack) note(v *view, t *seen) {
	add := func(to *table[[8]byte, seen], at int) {
		if at+8 > len(v.ident) {
			return
		}
		text := [8]byte(v.ident[at : at+8])
		blank(text[:])
		if old := to.find(text); old != nil {
			old.merge(t)
		} else {
			to.insert(text, *t)
		}
	}
	add(&st.sysname, tiSYSName)
	add(&st.sysplex, tiSysplex)
	add(&st.release, tiReleaseID)
}
