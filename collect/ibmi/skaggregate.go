package ibmi

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// tally is what a run has counted, in partitions that different goroutines may
// work on at the same time.
type tally struct {
	ports      *ports
	aliases    aliasTable
	vocabulary *vocabulary
	seed       maphash.Seed
	members    int // most members of a capped metric
	parts      [partitions]*aggregate
}

func newTally(p *ports, aliases aliasTable, members int) *tally {
	t := &tally{ports: p, aliases: aliases, members: members, vocabulary: newVocabulary(), seed: maphash.MakeSeed()}
	for i := range t.parts {
		t.parts[i] = newAggregate(members)
	}
	return t
}

// take counts one entry whose line and offset are those in the file.
func (t *tally) take(e *entry, line, offset int64) {
	t.parts[e.partition()].take(e, line, offset)
}

// begin prepares for the entries of a file.
func (t *tally) begin(f *collect.File) {
	for _, a := range t.parts {
		a.begin(f)
	}
}

// end takes note of how many lines or records the file had.
func (t *tally) end(lines int64) {
	for _, a := range t.parts {
		a.before += lines
	}
}

// warn adds a warning about a place in the current file.
func (t *tally) warn(line, offset int64, format string, args ...any) {
	a := t.parts[0]
	a.at.pos, a.at.offset = line, offset
	a.warn(format, args...)
}

// ignore counts rows of no system in particular.
func (t *tally) ignore(reason string) { t.parts[0].loose.ignore(reason) }

// whole returns all that was counted as one. The partitions must not be used any
// more.
func (t *tally) whole() *aggregate {
	a := t.parts[0]
	for _, p := range t.parts {
		p.joins.finish()
	}
	for _, p := range t.parts[1:] {
		a.merge(p)
	}
	return a
}

// aggregate takes entries one by one, in the order of the files, and keeps only
// what is distinct.
type aggregate struct {
	members int // most members of a capped metric

	systems map[string]*system
	current *system // of the last entry
	names   *names  // of the last entry
	// loose counts rows that belong to no system in particular.
	loose *system

	file   *collect.File
	before int64 // lines of the files before this one
	at     place
	window *window
	joins  *joiner
	// Of [aggregate.takeBlock]: entries by their index in the block.
	batch, sorted []uint32

	damaged   int64  // rows that could not be read and were left out
	damage    string // the first of them
	timeless  int64  // entries used without a readable time
	badTime   warning
	timed     bool  // at least one entry had a time
	crowded   place // of a row that names more systems than there can be
	warnings  []warning
	warnCount int64
}

// warning is kept until the systems are known.
type warning struct {
	file *collect.File
	at   place
	text string
}

// maxWarnings is how many warnings are kept. A part keeps a hundred: there must be
// room for the count of the others.
const maxWarnings = 98

// maxSystems is how many systems one extract may name. Journals are collected
// per partition; more means that the column is not a system name.
const maxSystems = 1000

func newAggregate(members int) *aggregate {
	return &aggregate{members: members, systems: map[string]*system{}, loose: newSystem(), window: newWindow(), joins: newJoiner()}
}

func (a *aggregate) begin(f *collect.File) { a.file, a.at.file = f, f.Index() }

// take counts one entry.
func (a *aggregate) take(e *entry, line, offset int64) {
	if a.accept(e, line, offset) {
		a.use(e, a.current)
	}
}

// takeBlock counts the entries of a block, which begins at a line of the file.
// What depends on the order of the entries comes first. Then they are taken port
// by port: what is known about one port is spread over memory, and with many
// ports the processor's cache would hold nothing of it from one row to the next.
func (a *aggregate) takeBlock(b *block, partition int, line int64) {
	var ends [256]uint32
	a.batch = a.batch[:0]
	for _, i := range b.by[partition] {
		e := &b.entries[i]
		was := a.current
		if !a.accept(e, line+int64(e.line), b.offset+int64(e.offset)) {
			continue
		}
		if was != a.current && len(a.batch) > 0 {
			a.useBatch(b, was, &ends, line)
		}
		a.batch = append(a.batch, i)
		ends[bucket(e)]++
	}
	a.useBatch(b, a.current, &ends, line)
}

// bucket sorts entries roughly by port.
func bucket(e *entry) uint8 { return uint8(e.port>>1) ^ uint8(e.port>>9) }

// useBatch takes the entries of a.batch, all of one system, by bucket. Counts are
// the entries in each bucket.
func (a *aggregate) useBatch(b *block, s *system, counts *[256]uint32, line int64) {
	sum := uint32(0)
	for i, n := range counts {
		counts[i] = sum // where the bucket begins
		sum += n
	}
	a.sorted = slices.Grow(a.sorted[:0], len(a.batch))[:len(a.batch)]
	for _, i := range a.batch {
		at := &counts[bucket(&b.entries[i])]
		a.sorted[*at] = i
		*at++
	}
	for _, i := range a.sorted {
		e := &b.entries[i]
		a.at.pos, a.at.offset, a.at.time = line+int64(e.line), b.offset+int64(e.offset), e.time
		a.use(e, s)
	}
	clear(counts[:])
	a.batch = a.batch[:0]
}

// accept counts what does not belong to one port, and reports whether the entry
// is to be used.
func (a *aggregate) accept(e *entry, line, offset int64) bool {
	a.at.pos, a.at.offset, a.at.time = line, offset, e.time
	if e.fault != noFault {
		a.takeFault(e.fault)
		return false
	}
	if e.names != a.names {
		if a.current == nil || a.names.system != e.names.system {
			if !a.setSystem(e.names.system) {
				a.takeFault(faultSystem)
				return false
			}
		}
		a.names = e.names
		a.current.setReceiver(e.names.receiver)
	}
	s := a.current
	s.read++
	a.window.reach(a.before + line)
	if r := s.receiver; r != nil && e.sequence > r.highest {
		a.window.fresh(e.identity, e.sequence) // entries come in their order, nearly always
	} else if a.window.seen(e.identity, e.sequence) {
		s.duplicate++
		return false
	}
	s.used++
	if !s.letters[e.letter] {
		s.letters[e.letter] = true
		if e.kind == other {
			a.warn("entry type %q is not known to this version", string(e.letter))
		}
	}
	if e.badPeer {
		text := ""
		if e.note != nil {
			text = e.note.address
		}
		a.warn("remote address %q is not an IP address", text)
	}
	a.seeTime(e)
	if r := s.receiver; r != nil {
		r.see(e)
	}
	a.join(e)
	return true
}

// join looks for the connection of a session and for the session of a connection.
func (a *aggregate) join(e *entry) {
	switch e.kind {
	case accept, connect:
		a.joins.reach(a.before + a.at.pos)
		a.joins.open(e, a.current.unjoined[e.kind])
	case secure, secureClient:
		if e.secure.protection == "tls" {
			a.joins.reach(a.before + a.at.pos)
			a.joins.secure(e, a.current.unjoined[openKind(e.kind)])
		}
	}
}

// takeFault counts a row that is not used.
func (a *aggregate) takeFault(f fault) {
	x := &faults[f]
	a.loose.ignore(x.reason)
	if !x.damaged {
		return
	}
	if a.damaged++; a.damaged == 1 {
		a.damage = fmt.Sprintf("%s at line %d", x.reason, a.at.pos)
	}
	a.warn("row left out: %s", x.reason)
}

// seeTime counts the time of an entry. One whose time cannot be read still says
// that there was a connection.
func (a *aggregate) seeTime(e *entry) {
	if e.time != noTime {
		a.timed = true
		a.current.seeTime(e.time)
		return
	}
	if a.timeless++; a.timeless == 1 && e.note != nil {
		a.badTime = warning{a.file, a.at, e.note.time}
	}
}

// use puts what an entry says into its entity.
func (a *aggregate) use(e *entry, s *system) {
	x := s.entity(e.kind, e.port)
	if x.seen.count == 0 {
		x.seen = newSighting(&a.at)
	} else {
		x.seen.again(&a.at)
	}
	facts := &kindFacts[e.kind]
	if facts.peers {
		if e.peer != (address{}) {
			x.peers.see(e.peer, &a.at, a.members)
		} else {
			x.peers.missing++
		}
	}
	if facts.secure {
		x.seeSecure(e.secure, &a.at)
	}
	if e.kind == other {
		x.letters.see(string(e.letter), &a.at, maxTexts)
	}
	if e.names.job != "" {
		x.jobs.see(e.names.job, &a.at, a.members)
	}
	if e.names.user != "" {
		x.users.see(e.names.user, &a.at, a.members)
	}
}

// setSystem makes the named system the current one; false when there are too
// many.
func (a *aggregate) setSystem(name string) bool {
	s := a.systems[name]
	if s == nil {
		if len(a.systems) == maxSystems {
			if a.crowded.pos == 0 {
				a.crowded = a.at
			}
			a.names, a.current = nil, nil
			return false
		}
		s = newSystem()
		a.systems[name] = s
	}
	a.current = s
	return true
}

func (a *aggregate) warn(format string, args ...any) {
	if a.warnCount++; a.warnCount <= maxWarnings {
		a.warnings = append(a.warnings, warning{a.file, a.at, fmt.Sprintf(format, args...)})
	}
}

// merge adds what another partition counted of the same files.
func (a *aggregate) merge(o *aggregate) {
	for name, s := range o.systems {
		if mine := a.systems[name]; mine != nil {
			mine.merge(s, a.members)
		} else {
			a.systems[name] = s
		}
	}
	a.loose.count(o.loose)
	a.damaged += o.damaged
	a.damage = cmp.Or(a.damage, o.damage)
	if o.badTime.file != nil && (a.badTime.file == nil || o.badTime.at.before(&a.badTime.at)) {
		a.badTime = o.badTime
	}
	a.timeless += o.timeless
	a.timed = a.timed || o.timed
	if o.crowded.pos > 0 && (a.crowded.pos == 0 || o.crowded.before(&a.crowded)) {
		a.crowded = o.crowded
	}
	a.warnings = append(a.warnings, o.warnings...)
	slices.SortStableFunc(a.warnings, func(x, y warning) int {
		return cmp.Or(cmp.Compare(x.at.file, y.at.file), cmp.Compare(x.at.pos, y.at.pos))
	})
	a.warnings = a.warnings[:min(len(a.warnings), maxWarnings)]
	a.warnCount += o.warnCount
}
