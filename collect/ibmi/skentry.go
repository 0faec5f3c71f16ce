package ibmi

import (
	"hash/maphash"
	"sync"
)

// entry is what one row or record says. Entries are made by several goroutines
// and counted by others, a block of them at a time, so they are small and hold
// nothing of the input.
type entry struct {
	time     int64  // microseconds of the wall clock, or noTime
	identity uint64 // hash of what makes the row the row it is
	tuple    uint64 // hash of system, both addresses and both ports; 0 when it lacks one
	sequence uint64 // in the journal, 0 when not given
	peer     address
	secure   *secureText // of S and X
	names    *names
	note     *note // what is odd about it, nearly always nil

	line, offset uint32 // from the beginning of the block
	port         uint16 // that names the service; the first of a range
	kind         kind
	letter       byte
	fault        fault
	badPeer      bool // peer is not readable
}

// note holds text of the input for messages.
type note struct {
	time    string // that cannot be read
	address string // that is none
}

// fault says why a row is not used.
type fault uint8

const (
	noFault fault = iota
	faultTooLong
	faultUnclosed
	faultColumns
	faultType
	faultPort
	faultSystem
	faultData
	faultRecord
	faultHeader
	faultNotSK
	faultNotT
	faultCapture // not a row: a line of the capture header
)

// faults are the reasons for the header. A row that is damaged may belong to any
// system and any port, so all of them become partial.
var faults = [...]struct {
	reason  string
	damaged bool
}{
	faultTooLong:  {"line longer than any row", true},
	faultUnclosed: {"quote not closed", true},
	faultColumns:  {"wrong number of columns", true},
	faultType:     {"entry type not readable", true},
	faultPort:     {"port not readable", true},
	faultSystem:   {"system name not readable", true},
	faultData:     {"entry data not readable", true},
	faultRecord:   {"record without journal code and entry type", true},
	faultHeader:   {"column names repeated", false},
	faultNotSK:    {"not of journal entry type SK", false},
	faultNotT:     {"not of journal code T", false},
}

// names are the texts that many rows have in common: one value for each
// combination.
type names struct {
	system, receiver, job, user string

	hash     uint64 // of the system name
	identity uint64 // hash of system and receiver
	bad      bool   // system is no name
}

var noNames = &names{}

// vocabulary gives the same text the same pointer, whichever goroutine asks, as
// long as it is remembered; nothing but speed depends on it.
type vocabulary struct {
	mu     sync.Mutex
	names  map[string]*names
	secure map[string]*secureText
	seed   maphash.Seed
}

func newVocabulary() *vocabulary {
	return &vocabulary{names: map[string]*names{}, secure: map[string]*secureText{}, seed: maphash.MakeSeed()}
}

// remember returns the value of key in m, made by make when it is new.
func remember[T any](v *vocabulary, m map[string]*T, key string, make func(string) *T) *T {
	v.mu.Lock()
	defer v.mu.Unlock()
	if x := m[key]; x != nil {
		return x
	}
	if len(m) >= maxRemembered {
		clear(m)
	}
	x := make(key)
	m[key] = x
	return x
}

// memo is one goroutine's part of a vocabulary.
type memo[T any] struct {
	last  []byte
	value *T
	seen  map[string]*T
}

// get returns the value of key. The usual case, the key of the row before, needs
// no look-up.
func (m *memo[T]) get(key []byte, make func(string) *T) *T {
	if m.value != nil && string(m.last) == string(key) {
		return m.value
	}
	x := m.seen[string(key)]
	if x == nil {
		if m.seen == nil || len(m.seen) >= maxRemembered {
			m.seen = map[string]*T{}
		}
		x = make(string(key))
		m.seen[string(key)] = x
	}
	m.last, m.value = append(m.last[:0], key...), x
	return x
}

// partitions is how many goroutines count entries. Everything that is known
// about one port is in one partition, so nothing depends on their number.
const partitions = 2

func (e *entry) partition() int {
	if e.fault != noFault {
		return 0
	}
	return int(e.port*0x9E37>>15) % partitions
}
