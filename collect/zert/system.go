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
	odd      map[string]int64 // and zERT records that say nothing usable
	zert     int64            // records of subtypes 11 and 12, usable or not
	period   span
	latest   smf.Hundredths // time of the last record of any type
	broken   damage         // zERT records that could not be decoded
	negative int64          // counters that ran backwards
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
	discovery [2]seen // zERT enabled, disabled
	lifecycle [3]seen // stack started, stopped, ended abnormally

	monitoring [len(monitorings)]seen
	profile    [len(profileStatements)]profileSet
	marks      []mark

	sysname table[[8]byte, seen]
	sysplex table[[8]byte, seen]
	release table[[8]byte, seen]

	last       place
	open       bool // the last interval record said that more of its set follow
	setStart   smf.Hundredths
	setEnd     smf.Hundredths
	incomplete []span // sets of interval records without their last one
	manyMarks  bool
}

// Ways in which a stack was seen to be watched, see the key monitoring.
const (
	byAggregation = iota
	byDetail
	byPolicy
)

var monitorings = [...]string{"aggregation", "detail", "enforcement"}

// mark is an event that may explain why records are missing.
type mark struct {
	when smf.Hundredths
	what string
}

// maxMarks bounds the events, and the incomplete sets, kept of one stack.
const maxMarks = 1000

func (st *stack) mark(when smf.Hundredths, what string) {
	if len(st.marks) == maxMarks {
		st.manyMarks = true
		return
	}
	st.marks = append(st.marks, mark{when, what})
}

// set follows the sets of records that end each interval: all but the last say
// that more follow. A set that another begins after lacks its end.
func (st *stack) set(reason byte, when smf.Hundredths) {
	if reason != reasonMore && reason != reasonLast {
		return
	}
	if st.open && when > st.setStart+tolerance {
		if len(st.incomplete) < maxMarks {
			st.incomplete = append(st.incomplete, span{st.setStart, st.setEnd})
		}
		st.open = false
	}
	if !st.open {
		st.setStart = when
	}
	st.open, st.setEnd = reason == reasonMore, when
}

// maxSystems bounds the systems of one dump; a sysplex has at most 32.
const maxSystems = 1000

// systemOf returns the system of a record, nil when there are too many.
func (c *collection) systemOf(sid [4]byte) *system {
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
