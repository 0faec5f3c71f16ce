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

// session is a slot of the cache.
type session struct {
	key      [2]uint64 // zero: the slot is free
	service  uint32
	stack    uint32
	template uint32 // attributes and names, index into collection.templates
	user     [8]byte
	peer     [16]byte
	id       uint64 // hash of the session id
	earliest smf.Hundredths
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

// slots is the size of the cache, 5 MB, for a file of the given size.
func slots(size int64) int {
	if size >= 0 && size < 1<<20 {
		return 1 << 10
	}
	return 1 << 15
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

// lookup returns the session of a record, from the cache or decoded.
func (c *collection) lookup(key [2]uint64, v *view, at place) *session {
	s := &c.cache[key[1]&uint64(len(c.cache)-1)]
	if s.key == key {
		return s
	}
	if s.key[0] != 0 {
		c.carry(s)
	}
	*s = session{}
	c.decode(s, v, at)
	s.key = key
	return s
}

// carry adds what a session gathered to its service and its system.
func (c *collection) carry(s *session) {
	if s.count == 0 {
		return
	}
	svc, limit := c.services[s.service], c.members
	svc.seen.merge(&s.seen)
	svc.counters.add(&s.counters)
	svc.addSession(s.id, limit)
	svc.addPeer(s.peer, &s.seen, limit)
	svc.addNetwork(s.peer, &s.seen, limit)
	if old := svc.users.find(s.user); old != nil {
		old.merge(&s.seen)
	} else {
		svc.users.insert(s.user, s.seen)
	}
	t := &c.templates[s.template]
	for _, a := range t.attributes {
		if old := svc.attributes.find(a); old != nil {
			old.merge(&s.seen)
		} else {
			svc.attributes.insert(a, s.seen)
		}
	}
	for _, n := range t.names {
		svc.addName(n, &s.seen)
	}
	if t.damage != "" && svc.damage == "" {
		svc.damage = t.damage
	}
	st := c.stacks[s.stack]
	st.system.period.add(s.earliest, s.last)
	s.seen, s.counters, s.earliest = seen{}, counters{}, 0
}

// carryAll empties the cache.
func (c *collection) carryAll() {
	for i := range c.cache {
		if s := &c.cache[i]; s.key[0] != 0 {
			c.carry(s)
			*s = session{}
		}
	}
}
