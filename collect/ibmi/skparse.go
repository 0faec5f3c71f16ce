package ibmi

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"hash/maphash"
	"math/bits"
	"strings"

	"github.com/irondrift/irondrift/collect/internal/csvsplit"
	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// parser makes entries of rows. Each goroutine has its own; what one makes does
// not depend on the rows that it saw before.
type parser struct {
	ports   *ports
	aliases aliasTable
	columns *columns
	// For each field the best column, -1 when there is none, and whether there
	// are more columns to fall back on.
	best  [fields]int
	more  [fields]bool
	named bool // there is a column of names

	page       *ebcdic.Page // of entry data
	clock      clock
	addresses  addressParser
	vocabulary *vocabulary
	names      memo[names]
	secure     memo[secureText]
	seed       maphash.Seed // of identities, the same in every parser of a run
	scratch    []byte
	data       []byte   // entry data, no longer in hexadecimal
	texts      []byte   // its fields, translated
	row        [][]byte // a row with them
	// Entries whose time, or the address of whose peer, cannot be read.
	timeless, peerless int
}

// newParser returns a parser of the rows of a file with such columns.
func newParser(t *tally, c *columns, page *ebcdic.Page) *parser {
	p := &parser{ports: t.ports, aliases: t.aliases, columns: c, page: page, seed: t.seed, vocabulary: t.vocabulary}
	for i, at := range c.at {
		p.best[i], p.more[i] = -1, len(at) > 1
		if len(at) > 0 {
			p.best[i] = at[0]
		}
	}
	for _, f := range []field{fieldSystem, fieldReceiver, fieldJob, fieldUser} {
		p.named = p.named || p.best[f] >= 0
	}
	return p
}

// get returns a field, trimmed; nil when it is not available.
func (p *parser) get(row [][]byte, f field) []byte {
	i := p.best[f]
	if i < 0 {
		return nil
	}
	if b := trim(row[i]); !isNull(b) {
		return b
	}
	if p.more[f] {
		for _, i := range p.columns.at[f][1:] {
			if b := trim(row[i]); !isNull(b) {
				return b
			}
		}
	}
	return nil
}

// record makes an entry, which holds nothing yet, of a row of delimited text. Its
// place is that in the block.
func (p *parser) record(rec *csvsplit.Record, e *entry) {
	e.line, e.offset, e.names = uint32(rec.Line), uint32(rec.Offset), noNames
	row := rec.Fields
	switch {
	case rec.TooLong:
		e.fault = faultTooLong
	case rec.Unclosed:
		e.fault = faultUnclosed
	case len(row) == p.columns.count:
		p.fields(row, e)
	case len(row) == p.columns.count+1 && len(row[len(row)-1]) == 0:
		// Some tools end rows, but not the column names, with a delimiter.
		p.fields(row[:p.columns.count], e)
	default:
		e.fault = faultColumns
	}
}

// fields reads what the columns of a row say.
func (p *parser) fields(row [][]byte, e *entry) {
	if b := p.get(row, fieldEntry); b != nil && string(b) != "SK" && !p.isHeader(row) {
		e.fault = faultNotSK
		return
	}
	if b := p.get(row, fieldCode); b != nil && string(b) != "T" && !p.isHeader(row) {
		e.fault = faultNotT
		return
	}
	if p.columns.hasData {
		var ok bool
		if row, ok = p.withData(row); !ok {
			e.fault = faultData
			if p.isHeader(row) {
				e.fault = faultHeader
			}
			return
		}
	}
	letter := p.entryType(row)
	if letter == 0 {
		e.fault = faultType
		if p.isHeader(row) {
			e.fault = faultHeader
		}
		return
	}
	local, ok1 := p.port(row, fieldLocalPort)
	remote, ok2 := p.port(row, fieldRemotePort)
	if !ok1 || !ok2 {
		e.fault = faultPort
		return
	}
	if p.named {
		if e.names = p.nameSet(row); e.names.bad {
			e.fault = faultSystem
			return
		}
	}
	e.letter = letter
	var ok bool
	if e.time, ok = p.clock.parse(p.get(row, fieldTime)); !ok {
		if p.timeless++; p.timeless == 1 {
			e.note = &note{time: short(p.get(row, fieldTime))}
		}
	}
	p.service(e, local, remote)
	facts := &kindFacts[e.kind]
	if facts.peers {
		e.peer, ok = p.addresses.parse(p.get(row, fieldRemoteAddr))
		if e.badPeer = !ok; e.badPeer {
			p.noteAddress(e, p.get(row, fieldRemoteAddr))
		}
	}
	if facts.secure {
		e.secure = p.secureText(p.get(row, fieldVersion), p.get(row, fieldProperties))
	}
	if facts.joins && remote != 0 && e.peer != (address{}) {
		e.tuple = p.tuple(p.get(row, fieldLocalAddr), e, local, remote)
	}
	p.identify(row, e, local, remote)
}

// service sets what happened and the port that names the service.
func (p *parser) service(e *entry, local, remote uint16) {
	t := &entryTypes[e.letter]
	e.kind = t.kind
	switch t.side {
	case localPort:
		e.port = local
	case remotePort:
		e.port = remote
	case eitherSide:
		e.port = local
		if p.ports.clientSide(local, remote) {
			e.kind++
			e.port = remote
		}
	}
	if p.ports.ranges {
		e.port = p.ports.first[e.port]
	}
}

// isHeader reports whether a row repeats the column names.
func (p *parser) isHeader(row [][]byte) bool {
	f := fieldType
	if p.columns.hasData {
		f = fieldData
	}
	if p.best[f] >= len(row) || p.columns.guessed {
		return false
	}
	_, is := p.aliases[columnName(row[p.best[f]])]
	return is
}

// entryType returns the letter of the entry type, 0 when there is none. Two
// columns can be called type; only the right one holds a single character.
func (p *parser) entryType(row [][]byte) byte {
	for _, i := range p.columns.at[fieldType] {
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
func (p *parser) port(row [][]byte, f field) (uint16, bool) {
	i := p.best[f]
	if i < 0 {
		return 0, true
	}
	port, ok := parsePort(row[i])
	if port == 0 && ok && p.more[f] {
		for _, i := range p.columns.at[f][1:] {
			if port, ok = parsePort(row[i]); port != 0 || !ok {
				return port, ok
			}
		}
	}
	return port, ok
}

// nameSet returns the texts that many rows have in common.
func (p *parser) nameSet(row [][]byte) *names {
	b := p.scratch[:0]
	for _, f := range []field{fieldSystem, fieldReceiver, fieldJob, fieldUser} {
		b = append(append(b, p.get(row, f)...), 0)
	}
	p.scratch = b
	return p.names.get(b, func(key string) *names {
		return remember(p.vocabulary, p.vocabulary.names, key, p.vocabulary.newNames)
	})
}

func (v *vocabulary) newNames(key string) *names {
	var text [4]string
	for i := range text {
		text[i], key, _ = strings.Cut(key, "\x00")
	}
	n := &names{system: text[0], receiver: text[1], job: text[2], user: text[3],
		hash: maphash.String(v.seed, text[0]), identity: maphash.String(v.seed, text[0]+"\x00"+text[1])}
	n.job = n.job[strings.LastIndexByte(n.job, '/')+1:] // a qualified job is number/user/name
	for _, c := range []byte(n.system) {
		n.bad = n.bad || c <= ' ' || c >= 0x7F || c == '/'
	}
	n.bad = n.bad || len(n.system) > 64
	return n
}

// secureText returns what the two fields say.
func (p *parser) secureText(version, properties []byte) *secureText {
	b := append(append(append(p.scratch[:0], version...), 0), properties...)
	p.scratch = b
	return p.secure.get(b, func(key string) *secureText {
		return remember(p.vocabulary, p.vocabulary.secure, key, func(key string) *secureText {
			version, properties, _ := strings.Cut(key, "\x00")
			t := readSecure(version, properties)
			return &t
		})
	})
}

// tuple returns a hash of the four things that A and C entries have in common
// with the S entry of the same connection, and of the system.
func (p *parser) tuple(localAddr []byte, e *entry, local, remote uint16) uint64 {
	h := e.peer.hash() ^ e.names.hash
	if a, ok := p.addresses.parse(localAddr); ok && a != (address{}) {
		h ^= bits.RotateLeft64(a.hash(), 21)
	}
	return mix(h^hashSeed[1], (uint64(local)<<16|uint64(remote))^hashSeed[0]) | 1
}

// identify sets the hash of what makes a row the row it is: sequence number and
// receiver, or all its columns when it has no sequence number. Sequence numbers
// can be reset and receivers can be missing, so the time and what the row says
// are part of it.
func (p *parser) identify(row [][]byte, e *entry, local, remote uint16) {
	said := uint64(e.letter)<<32 | uint64(local)<<16 | uint64(remote)
	if e.sequence = sequenceNumber(p.get(row, fieldSequence)); e.sequence != 0 {
		e.identity = mix(mix(e.sequence^hashSeed[0], uint64(e.time)^hashSeed[1])^e.names.identity, said^hashSeed[0])
		return
	}
	b := binary.LittleEndian.AppendUint64(p.scratch[:0], said)
	b = binary.LittleEndian.AppendUint64(b, uint64(e.time))
	for _, f := range row {
		b = append(append(b, trim(f)...), 0)
	}
	p.scratch = b
	e.identity = maphash.Bytes(p.seed, b)
}

// mix returns a hash of two words, one of which holds a seed.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b|1)
	return hi ^ lo
}

// sequenceNumber reads a sequence number; 0 when it is none.
func sequenceNumber(b []byte) (n uint64) {
	for i, c := range b {
		if c -= '0'; c > 9 {
			if i > 0 && zeroFraction(b[i:]) {
				return n
			}
			return 0
		}
		if n > 1<<60 {
			return 0
		}
		n = n*10 + uint64(c)
	}
	return n
}

// withData returns the row with the fields of its entry data behind the others.
// DISPLAY_JOURNAL gives them as one column, which clients print in hexadecimal.
func (p *parser) withData(row [][]byte) (longer [][]byte, ok bool) {
	b := p.get(row, fieldData)
	if len(b) > 2 && b[len(b)-1] == '\'' { // X'...'
		b = bytes.TrimPrefix(b[:len(b)-1], []byte("X'"))
	}
	b = bytes.TrimPrefix(b, []byte("0x"))
	if len(b) < 2*minEntryData {
		return row, false
	}
	p.data = append(p.data[:0], b...)
	n, err := hex.Decode(p.data, p.data)
	if err != nil {
		return row, false
	}
	p.row = append(p.row[:0], row...)
	p.texts = p.texts[:0]
	p.row = p.appendData(p.row, p.data[:n])
	return p.row, true
}

// noteAddress keeps an address that is none for a message. Only the first
// messages of a run are kept, so those of later entries are not worth the memory.
func (p *parser) noteAddress(e *entry, b []byte) {
	if p.peerless++; p.peerless > maxWarnings {
		return
	}
	if e.note == nil {
		e.note = &note{}
	}
	e.note.address = short(b)
}

// short is text of the input for a message.
func short(b []byte) string {
	if len(b) > 40 {
		return string(b[:40]) + "..."
	}
	return string(b)
}
