package zert

import (
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// A session is reported again in every interval with the same bytes but for time
// and counters. So the bytes that stay are hashed, and what they mean is kept in
// a cache of sessions: an ordinary record costs one look-up and a few additions.
// Sums are carried over to the service when a session leaves the cache, which
// therefore changes nothing but the speed.

// session is what a session means and what it gathered.
type session struct {
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
	texts      *texts // for queries, once one asks
}

// maxSessions bounds the cache, to about 30 MB.
const maxSessions = 1 << 17

// maxTemplates and maxTemplateBytes bound the templates; beyond, the cache
// starts afresh.
const (
	maxTemplates     = 1 << 14
	maxTemplateBytes = 4 << 20
)

// lookup returns the session of a record, from the cache or decoded.
func (c *collection) lookup(r *summary, rec []byte, at place) *session {
	if s := c.cache.find(r.key); s != nil {
		return s
	}
	if c.cache.full() {
		c.carryAll()
	}
	var s session
	v := &c.view
	_ = v.open(rec)     // what was taken apart is sound
	c.decode(&s, v, at) // which may empty the cache
	return c.cache.add(r.key, s)
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
	c.cache.all(c.carry)
	c.cache.clear()
}
