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
	service  uint32
	stack    uint32
	template uint32 // attributes and names, index into collection.templates
	user     [8]byte
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

// cache holds sessions by the hash of the bytes that stay. A hash has four slots
// to go to, whose keys lie in one line of processor cache. When they are taken
// one of them makes room.
type cache struct {
	keys     []cacheLine
	sessions []session // four for each line
	turn     int       // which of the four makes room next
	evicted  int       // sessions that made room for another
}

type cacheLine [ways][2]uint64 // a zero key: the slot is free

const ways = 4

// maxLines bounds the cache: 131072 sessions in 23 MB.
const maxLines = 1 << 15

// newCache returns a cache for a dump of the given size: 16384 sessions, fewer
// when it cannot hold that many.
func newCache(size int64) cache {
	if size >= 0 && size < 1<<20 {
		return cacheOf(1 << 8)
	}
	return cacheOf(1 << 12)
}

func cacheOf(lines int) cache {
	return cache{keys: make([]cacheLine, lines), sessions: make([]session, ways*lines)}
}

// grow doubles the cache. That pays when more sessions made room than it can
// hold: the sessions of an interval come round again in the next.
func (c *collection) grow() {
	old := c.cache
	c.cache = cacheOf(2 * len(old.keys))
	for n := range old.keys {
		for i, key := range old.keys[n] {
			if key[0] == 0 {
				continue
			}
			// One line becomes two, so there is room.
			m := int(key[1] & uint64(len(c.cache.keys)-1))
			for j := range c.cache.keys[m] {
				if c.cache.keys[m][j][0] == 0 {
					c.cache.keys[m][j], c.cache.sessions[ways*m+j] = key, old.sessions[ways*n+i]
					break
				}
			}
		}
	}
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
	n := int(key[1] & uint64(len(c.cache.keys)-1))
	line, slots := &c.cache.keys[n], c.cache.sessions[ways*n:ways*n+ways]
	free := -1
	for i := range line {
		if line[i] == key {
			return &slots[i]
		}
		if line[i][0] == 0 {
			free = i
		}
	}
	if free < 0 {
		if c.cache.evicted++; c.cache.evicted >= len(c.cache.sessions) && len(c.cache.keys) < maxLines {
			c.grow()
			return c.lookup(key, v, at)
		}
		free = c.cache.turn
		c.cache.turn = (c.cache.turn + 1) % ways
		c.carry(&slots[free])
	}
	// Free while it is decoded, which may empty the whole cache.
	line[free] = [2]uint64{}
	slots[free] = session{}
	c.decode(&slots[free], v, at)
	line[free] = key
	return &slots[free]
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
	add(&svc.templates, s.template, &s.seen)
	st := c.stacks[s.stack]
	st.system.period.add(s.earliest, s.last)
	s.seen, s.counters, s.earliest = seen{}, counters{}, 0
}

// carryAll empties the cache.
func (c *collection) carryAll() {
	for n := range c.cache.keys {
		for i, key := range c.cache.keys[n] {
			if key[0] != 0 {
				c.carry(&c.cache.sessions[ways*n+i])
				c.cache.keys[n][i] = [2]uint64{}
			}
		}
	}
}
