package zert

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/irondrift/irondrift/collect/internal/smf"
)

// A session is reported again in every interval with the same bytes but for time
// and counters. So the bytes that stay are hashed, and what they mean is kept in
// a cache of sessions: an ordinary record costs one look-up and a few additions.
// Sums are carried over to the service when a session leaves the cache, which
// therefore changes nothing but the speed.

// session is what a session means and what it gathered.
type session struct {
	key      uint64 // in the cache
	service  uint32
	stack    uint32
	template uint32 // attributes and names, index into collection.templates
	user     [8]byte
	job      [8]byte // as the record has it
	peer     [16]byte
	id       uint64 // hash of the session id
	earliest smf.Hundredths
	known    smf.Hundredths // no record of it before it came here was later
	life     uint32         // most connections a record at the last time counted
	seen
	counters
}

// template is what the protocol section and the certificate names of a record
// mean. Sessions share few of them.
type template struct {
	attributes []attribute
	names      []name
	damage     string // why names are missing
}

// maxTemplates and maxTemplateBytes bound the templates; beyond, the cache
// starts afresh.
const (
	maxTemplates     = 1 << 14
	maxTemplateBytes = 4 << 20
)

// cache holds sessions by the hash of the bytes that stay: an open-addressed
// table of their keys, and behind it the sessions in the order in which they came.
// It grows until it holds maxSessions; then all of them are carried over and it
// starts afresh.
type cache struct {
	slots    []slot // length a power of two, no more than half of them used
	sessions []session
	limit    int // sessions it may hold
}

// slot is the key of a session and its index plus one; 0 is free. The key's other
// word stands in the session.
type slot struct {
	key   uint64
	index uint32
}

// maxSessions bounds the cache, to about 30 MB.
const maxSessions = 1 << 17

func newCache(limit int) cache { return cache{slots: make([]slot, 1<<9), limit: limit} }

// find returns the session of a key, or nil.
func (c *cache) find(key [2]uint64) *session {
	mask := uint64(len(c.slots) - 1)
	for i := key[1] & mask; c.slots[i].index != 0; i = (i + 1) & mask {
		if c.slots[i].key != key[0] {
			continue
		}
		if s := &c.sessions[c.slots[i].index-1]; s.key == key[1] {
			return s
		}
	}
	return nil
}

// add puts a session there that find did not find. There must be room for it.
func (c *cache) add(key [2]uint64, s session) *session {
	if 2*len(c.sessions) >= len(c.slots) {
		old := c.slots
		c.slots = make([]slot, 2*len(old))
		for _, x := range old {
			if x.index != 0 {
				c.enter(c.sessions[x.index-1].key, x)
			}
		}
	}
	s.key = key[1]
	c.sessions = append(c.sessions, s)
	c.enter(key[1], slot{key[0], uint32(len(c.sessions))})
	return &c.sessions[len(c.sessions)-1]
}

func (c *cache) enter(home uint64, x slot) {
	mask := uint64(len(c.slots) - 1)
	i := home & mask
	for c.slots[i].index != 0 {
		i = (i + 1) & mask
	}
	c.slots[i] = x
}

// identify gathers the bytes of a record that stay and the bytes that change
// into two scratch buffers and returns the hash of the former in two words and
// of the latter, which depends on the former too, in one.
func (c *collection) identify(v *view) (key [2]uint64, fingerprint uint64) {
	rec, common := v.rec, v.common
	same := append(c.same[:0], rec[14:18]...)
	same = append(same, v.ident[:identMin]...)
	if len(v.ident) > tiReleaseID+8 {
		same = append(same, v.ident[tiReleaseID:tiReleaseID+8]...)
	}
	same = append(same, common[saFlags:min(len(common), saReserved)]...)
	for _, s := range v.protos {
		// Lengths keep sections apart that would otherwise run together.
		same = append(same, byte(len(s)>>8), byte(len(s)))
		same = append(same, s...)
	}
	if v.names > 0 {
		same = append(same, byte(v.count>>8), byte(v.count))
		same = append(same, rec[v.names:]...)
	}
	c.same = same
	key = [2]uint64{maphash.Bytes(c.seeds[0], same) | 1, maphash.Bytes(c.seeds[1], same)}

	moving := binary.NativeEndian.AppendUint64(c.moving[:0], key[0])
	moving = append(moving, rec[6:14]...) // time and date
	moving = append(moving, common[:saFlags]...)
	if len(v.ident) > tiReason {
		moving = append(moving, v.ident[tiReason])
	}
	if len(common) > saReserved {
		moving = append(moving, common[saReserved:]...)
	}
	c.moving = moving
	return key, maphash.Bytes(c.seeds[1], moving)
}

// lookup returns the session of a record, from the cache or decoded. It is valid
// until the next look-up.
func (c *collection) lookup(key [2]uint64, v *view, at place) *session {
	if s := c.cache.find(key); s != nil {
		return s
	}
	if len(c.cache.sessions) >= c.cache.limit {
		c.carryAll()
	}
	var s session
	c.decode(&s, v, at) // which may empty the cache
	return c.cache.add(key, s)
}

// carry adds what a session gathered to its service and its system.
func (c *collection) carry(s *session) {
	if s.count == 0 {
		return
	}
	svc, limit := c.services[s.service], c.members
	svc.seen.merge(&s.seen)
	svc.summaries += s.count
	svc.counters.add(&s.counters)
	svc.addSession(s.id, limit)
	svc.addPeer(s.peer, &s.seen, limit)
	svc.addNetwork(s.peer, &s.seen, limit)
	add(&svc.users, s.user, &s.seen)
	if c.jobs != nil {
		add(&svc.jobs, s.job, &s.seen)
	}
	add(&svc.templates, s.template, &s.seen)
	st := c.stacks[s.stack]
	st.system.period.add(s.earliest, s.last)
	s.seen, s.counters, s.earliest = seen{}, counters{}, 0
}

// carryAll empties the cache.
func (c *collection) carryAll() {
	for i := range c.cache.sessions {
		c.carry(&c.cache.sessions[i])
	}
	c.cache.sessions = c.cache.sessions[:0]
	clear(c.cache.slots)
}
