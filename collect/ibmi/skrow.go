package ibmi

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/maphash"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/csvsplit"
)

// aggregate takes rows one by one and keeps only what is distinct. Nothing in it
// knows where the rows come from, so that several of them can work on pieces of
// one extract and be merged.
type aggregate struct {
	ports   *ports
	aliases aliasTable
	members int // most members of a capped metric

	systems map[string]*system
	current *system // of the last row
	name    string  // its name
	// loose counts rows that belong to no system in particular.
	loose *system

	file    *collect.File
	columns *columns
	// For each field the best column, -1 when there is none, and whether there
	// are more columns to fall back on.
	best [fields]int
	more [fields]bool

	clock     clock
	addresses addressParser
	secure    map[string]*secureText
	window    *window
	seed      maphash.Seed
	scratch   []byte
	at        place

	damaged   int64  // rows that could not be read and were left out
	damage    string // the first of them
	timeless  int64  // rows used without a readable time
	badTime   string // the first such time
	timed     bool   // at least one row had a time
	warnings  []warning
	warnCount int64
}

// warning is kept until the systems are known.
type warning struct {
	file        *collect.File
	pos, offset int64
	text        string
}

// maxWarnings is how many warnings are kept.
const maxWarnings = 100

// maxSystems is how many systems one extract may name. Journals are collected
// per partition; more means that the column is not a system name.
const maxSystems = 1000

func newAggregate(p *ports, aliases aliasTable, members int) *aggregate {
	return &aggregate{
		ports: p, aliases: aliases, members: members,
		systems: map[string]*system{}, loose: newSystem(),
		secure: map[string]*secureText{}, window: newWindow(), seed: maphash.MakeSeed(),
	}
}

// begin prepares for the rows of a file.
func (a *aggregate) begin(f *collect.File, c *columns) {
	a.file, a.columns, a.at.file = f, c, f.Index()
	for i, at := range c.at {
		a.best[i], a.more[i] = -1, len(at) > 1
		if len(at) > 0 {
			a.best[i] = at[0]
		}
	}
}

// get returns a field, trimmed; nil when it is not available.
func (a *aggregate) get(row [][]byte, f field) []byte {
	i := a.best[f]
	if i < 0 {
		return nil
	}
	if b := trim(row[i]); !isNull(b) {
		return b
	}
	if a.more[f] {
		for _, i := range a.columns.at[f][1:] {
			if b := trim(row[i]); !isNull(b) {
				return b
			}
		}
	}
	return nil
}

// row takes one row, which begins at line pos and byte offset of the file. It
// returns an error only when reading on makes no sense.
func (a *aggregate) row(rec *csvsplit.Record, pos, offset int64) error {
	a.at.pos, a.at.offset = pos, offset
	row := rec.Fields
	switch {
	case rec.TooLong:
		return a.damagedRow("line longer than any row")
	case rec.Unclosed:
		return a.damagedRow("quote not closed")
	case len(row) == a.columns.count:
	case len(row) == a.columns.count+1 && len(row[len(row)-1]) == 0:
		// Some tools end rows, but not the column names, with a delimiter.
	default:
		return a.damagedRow("wrong number of columns")
	}

	letter := a.entryType(row)
	if letter == 0 {
		if _, isName := a.aliases[columnName(row[a.best[fieldType]])]; isName {
			a.loose.ignore("column names repeated")
			return nil
		}
		return a.damagedRow("entry type not readable")
	}
	if b := a.get(row, fieldEntry); b != nil && string(b) != "SK" {
		a.loose.ignore("not of journal entry type SK")
		return nil
	}
	if b := a.get(row, fieldCode); b != nil && string(b) != "T" {
		a.loose.ignore("not of journal code T")
		return nil
	}
	local, ok1 := a.port(row, fieldLocalPort)
	remote, ok2 := a.port(row, fieldRemotePort)
	if !ok1 || !ok2 {
		return a.damagedRow("port not readable")
	}
	a.readTime(row)
	if name := a.get(row, fieldSystem); a.current == nil || string(name) != a.name {
		if err := a.setSystem(name); err != nil {
			return err
		}
		if a.current == nil {
			return a.damagedRow("system name not readable")
		}
	}
	a.current.read++
	if a.window.seen(a.identity(row, letter, local, remote)) {
		a.current.duplicate++
		return nil
	}
	a.current.used++
	a.current.letters[letter] = true
	if a.at.time != noTime {
		a.current.seeTime(a.at.time)
	}
	a.use(row, letter, local, remote)
	return nil
}

// use puts what a row says into its entity.
func (a *aggregate) use(row [][]byte, letter byte, local, remote uint16) {
	key := entityKey{kind: entryTypes[letter].kind}
	switch entryTypes[letter].side {
	case localPort:
		key.port = local
	case remotePort:
		key.port = remote
	case eitherSide:
		key.port = local
		if a.ports.clientSide(local, remote) {
			key.kind++
			key.port = remote
		}
	}
	e := a.current.entities[key]
	if e == nil {
		e = &entity{seen: newSighting(&a.at)}
		a.current.entities[key] = e
	} else {
		e.seen.again(&a.at)
	}
	facts := &kindFacts[key.kind]
	if facts.peers {
		addr, ok := a.addresses.parse(a.get(row, fieldRemoteAddr))
		switch {
		case ok && addr != address{}:
			e.peers.see(addr, &a.at, a.members)
		case ok:
			e.peers.missing++
		default:
			e.peers.missing++
			a.warn("remote address %q is not an IP address", short(a.get(row, fieldRemoteAddr)))
		}
	}
	if facts.secure {
		e.seeSecure(a.secureText(a.get(row, fieldVersion), a.get(row, fieldProperties)), &a.at)
	}
	if key.kind == other {
		if e.letters.seen[string(letter)] == nil {
			a.warn("entry type %q is not known to this version", string(letter))
		}
		e.letters.see(string(letter), &a.at, maxTexts)
	}
	if b := a.get(row, fieldJob); b != nil {
		// A qualified job is number/user/name.
		e.jobs.seeBytes(b[bytes.LastIndexByte(b, '/')+1:], &a.at, a.members)
	}
	if b := a.get(row, fieldUser); b != nil {
		e.users.seeBytes(b, &a.at, a.members)
	}
}

// entryType returns the letter of the entry type, 0 when there is none. Two
// columns can be called type; only the right one holds a single character.
func (a *aggregate) entryType(row [][]byte) byte {
	for _, i := range a.columns.at[fieldType] {
		b := trim(row[i])
		if len(b) != 1 || isNull(b) || b[0] <= ' ' || b[0] > '~' {
			continue
		}
		if c := b[0]; c >= 'a' && c <= 'z' {
			return c - 'a' + 'A'
		}
		return b[0]
	}
	return 0
}

// port returns the first port of the field's columns that is available; 0 when
// none is.
func (a *aggregate) port(row [][]byte, f field) (uint16, bool) {
	i := a.best[f]
	if i < 0 {
		return 0, true
	}
	port, ok := parsePort(row[i])
	if port == 0 && ok && a.more[f] {
		for _, i := range a.columns.at[f][1:] {
			if port, ok = parsePort(row[i]); port != 0 || !ok {
				return port, ok
			}
		}
	}
	return port, ok
}

// readTime sets the time of the row. A row whose time cannot be read still says
// that there was a connection.
func (a *aggregate) readTime(row [][]byte) {
	b := a.get(row, fieldTime)
	t, ok := a.clock.parse(b)
	a.at.time = t
	if ok {
		a.timed = true
		return
	}
	if a.timeless++; a.timeless == 1 {
		a.badTime = short(b)
		a.warn("timestamp %q is not of the form YYYY-MM-DD-HH.MM.SS or YYYY-MM-DD HH:MM:SS; the first such row", a.badTime)
	}
}

// setSystem makes the named system the current one; none when the name cannot
// be one.
func (a *aggregate) setSystem(name []byte) error {
	a.current = nil
	for _, c := range name {
		if c <= ' ' || c >= 0x7F || c == '/' {
			return nil
		}
	}
	if len(name) > 64 {
		return nil
	}
	s := a.systems[string(name)]
	if s == nil {
		if len(a.systems) == maxSystems {
			return &collect.Error{File: a.file.Name, Line: a.at.pos, Offset: a.at.offset,
				Err:    fmt.Errorf("%w: more than %d system names", collect.ErrLimit, maxSystems),
				Advice: "check that the column of the system name holds one, and the column aliases in the configuration"}
		}
		s = newSystem()
		a.systems[string(name)] = s
	}
	a.current, a.name = s, string(name)
	return nil
}

// identity returns a hash of what makes a row the row it is: sequence number
// and receiver, or all its columns when it has no sequence number. Sequence
// numbers can be reset and receivers can be missing, so the time and what the
// row says are part of it.
func (a *aggregate) identity(row [][]byte, letter byte, local, remote uint16) uint64 {
	b := append(a.scratch[:0], letter)
	b = binary.LittleEndian.AppendUint16(b, local)
	b = binary.LittleEndian.AppendUint16(b, remote)
	b = binary.LittleEndian.AppendUint64(b, uint64(a.at.time))
	b = append(append(b, a.name...), 0)
	if seq := a.get(row, fieldSequence); seq != nil {
		for len(seq) > 1 && seq[0] == '0' {
			seq = seq[1:]
		}
		b = append(append(b, seq...), 0)
		b = append(b, a.get(row, fieldReceiver)...)
	} else {
		for _, f := range row {
			b = append(append(b, trim(f)...), 0)
		}
	}
	a.scratch = b
	return maphash.Bytes(a.seed, b)
}

// secureText returns what the two fields say; the same text gives the same
// pointer as long as it is remembered.
func (a *aggregate) secureText(version, properties []byte) *secureText {
	b := append(append(append(a.scratch[:0], version...), 0), properties...)
	a.scratch = b
	if t := a.secure[string(b)]; t != nil {
		return t
	}
	if len(a.secure) >= maxRemembered {
		clear(a.secure)
	}
	t := readSecure(string(version), string(properties))
	a.secure[string(b)] = &t
	return &t
}

// damagedRow leaves out a row that cannot be read. It may belong to any system
// and any port, so all of them become partial.
func (a *aggregate) damagedRow(reason string) error {
	a.loose.ignore(reason)
	if a.damaged++; a.damaged == 1 {
		a.damage = fmt.Sprintf("%s at line %d", reason, a.at.pos)
	}
	a.warn("row left out: %s", reason)
	return nil
}

func (a *aggregate) warn(format string, args ...any) {
	if a.warnCount++; a.warnCount <= maxWarnings {
		a.warnings = append(a.warnings, warning{a.file, a.at.pos, a.at.offset, fmt.Sprintf(format, args...)})
	}
}

// short is text of the input for a message.
func short(b []byte) string {
	if len(b) > 40 {
		return string(b[:40]) + "..."
	}
	return string(b)
}
