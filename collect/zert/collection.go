package zert

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"math/bits"
	"slices"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/ebcdic"
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// collection is everything known from the records read so far. What it holds
// grows with the distinct services, and not with the records.
type collection struct {
	opts    *collect.Options
	page    *ebcdic.Page
	members int // most peers of a service
	codes   map[siteCode]string
	jobs    *jobNames // nil: every job has its own name

	systems map[[4]byte]*system
	latest  *system // that of the last record
	stacks  []*stack
	byStack map[stackKey]uint32

	services  []*service
	byKey     map[serviceKey]uint32
	details   []*service // connection detail, see detail.go
	byDetail  map[serviceKey]*service
	pending   map[pendingKey]*pending
	templates []template
	byBytes   map[string]uint32
	bytes     int // held by byBytes

	cache  cache[session]
	repeat window
	taker
	one    summary // scratch
	moving []byte  // scratch

	oddNames    int64 // certificate names of an unknown type
	manyPending bool  // connections were assigned before all was read
	brokenParts damage
}

func newCollection(opts *collect.Options) (*collection, error) {
	name := opts.CodePage
	if name == "" {
		name = "1047"
	}
	page, err := ebcdic.Lookup(name)
	if err != nil {
		return nil, err
	}
	codes, err := siteCodes(opts.Site.ZERTCodes)
	if err != nil {
		return nil, err
	}
	jobs, err := newJobNames(opts.Site.ZERTJobs, page)
	if err != nil {
		return nil, err
	}
	members := opts.Limits.Members
	if members == 0 {
		members = 1000
	}
	return &collection{
		opts: opts, page: page, members: members, codes: codes, jobs: jobs,
		systems: map[[4]byte]*system{}, byStack: map[stackKey]uint32{},
		byKey: map[serviceKey]uint32{}, byBytes: map[string]uint32{},
		byDetail: map[serviceKey]*service{}, pending: map[pendingKey]*pending{},
		cache:  newCache[session](maxSessions),
		repeat: window{size: Window},
		taker:  taker{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}},
	}, nil
}

// record takes one record of a dump.
func (c *collection) record(rec []byte, at place) {
	if c.taker.interval(rec, &c.one) {
		c.interval(&c.one, rec, at)
		return
	}
	when, ok := c.clock.Read(rec)
	if !ok {
		c.brokenParts.add(at, "its header is not that of an SMF record")
		return
	}
	sys := c.came(smf.SystemID(rec), when, smf.Type(rec), at)
	if sys == nil {
		return
	}
	if smf.Type(rec) != recordType || len(rec) < smf.Header {
		sys.types[smf.Type(rec)]++
		return
	}
	switch subtype := smf.Subtype(rec); subtype {
	case subtypeSummary:
	case subtypeDetail:
		c.detailRecord(sys, rec, when, at)
		return
	case subtypeProfile, subtypeStack:
		if c.supporting(sys, rec, when, at) {
			return
		}
		fallthrough
	default:
		sys.subtypes[subtype]++
		return
	}
	sys.zert++
	if err := c.view.open(rec); err != nil {
		sys.broken.add(at, err.Error())
		return
	}
	c.event(sys, &c.view, when, at)
}

// came counts a record of a system, which is nil when there are too many.
func (c *collection) came(sid [4]byte, when smf.Hundredths, kind byte, at place) *system {
	sys := c.systemOf(sid)
	if sys == nil {
		c.brokenParts.add(at, fmt.Sprintf("it names one system more than the %d that are accepted", maxSystems))
		return nil
	}
	sys.read++
	if kind != smf.TypeDumpHeader && kind != smf.TypeDumpTrailer { // those are of the dump
		sys.latest = max(sys.latest, when)
	}
	return sys
}

// event takes a summary record that ends no interval.
func (c *collection) event(sys *system, v *view, when smf.Hundredths, at place) {
	if _, fingerprint := c.identify(v); c.repeat.seen(fingerprint) {
		sys.repeated++
		return
	}
	switch event := v.common[saEventType]; event {
	case eventEnabled, eventDisabled:
		sys.used++
		st := c.stacks[c.stackOf(sys, v)]
		one := seen{at, 1, when, when}
		st.events[event-eventEnabled].merge(&one)
		st.mark(when, [...]string{"zERT aggregation was enabled", "zERT aggregation was disabled"}[event-eventEnabled])
		st.note(v, &one)
		sys.period.add(when, when)
	default:
		sys.odd[fmt.Sprintf("zERT summary event %d", event)]++
	}
}

// interval takes what was taken out of an interval record.
func (c *collection) interval(r *summary, rec []byte, at place) {
	sys := c.came(r.sid, r.when, recordType, at)
	if sys == nil {
		return
	}
	sys.zert++
	s := c.lookup(r, rec, at)
	if r.when > s.known && (r.when > s.last || r.when == s.last && r.life > s.life) {
		c.repeat.note(r.fingerprint)
	} else if c.repeat.seen(r.fingerprint) {
		sys.repeated++
		return
	}
	sys.used++
	if s.seen.count++; s.seen.count == 1 {
		s.at, s.first, s.last, s.life, s.earliest = at, r.when, r.when, r.life, r.when
	}
	if r.when > s.last || r.when == s.last && r.life > s.life {
		s.life = r.life
	}
	s.first, s.last = min(s.first, r.when), max(s.last, r.when)
	s.earliest = min(s.earliest, r.from)
	if r.backwards {
		sys.negative++
	}
	s.counters.add(&r.counters)
	st := c.stacks[s.stack]
	st.intervals.add(r.from, r.when)
	if st.last.before(at) {
		st.last = at
		st.set(r.reason, r.when)
	}
}

// addUp adds without running over; no real sum comes near.
func addUp(a, b uint64) uint64 {
	sum, over := bits.Add64(a, b, 0)
	if over != 0 {
		return 1<<64 - 1
	}
	return sum
}

// decode fills in what a session means.
func (c *collection) decode(s *session, v *view, at place) {
	b := v.common
	s.stack = c.stackOf(c.latest, v)
	st := c.stacks[s.stack]
	one := seen{at: at, count: 1}
	st.note(v, &one)
	st.monitoring[byAggregation].merge(&one)
	k := serviceKey{
		sid: c.latest.sid, stack: st.key.stack, job: [8]byte(b[saJobname : saJobname+8]),
		portFirst: binary.BigEndian.Uint16(b[saSrvPort:]), portLast: binary.BigEndian.Uint16(b[saSrvPort+2:]),
		v6: b[saFlags]&flagIPv6 != 0,
	}
	blank(k.job[:])
	s.job = k.job
	k.job = c.jobs.of(k.job)
	if k.portLast == 0 {
		k.portLast = k.portFirst
	}
	var client [16]byte
	k.ip, client = ipField(b[saSrvIP:], k.v6), ipField(b[saCltIP:], k.v6)
	s.peer = client
	switch role := b[saFlags] & (flagServer | flagClient); {
	case role == flagServer:
		k.role = roleServer
	case role == flagClient:
		k.role = roleClient
		s.peer = k.ip
	case role == 0 && b[saIPProto] == 17:
		k.role = roleEE
	default:
		k.role = roleUnknown
	}
	n, ok := c.byKey[k]
	if !ok {
		n = uint32(len(c.services))
		c.byKey[k] = n
		c.services = append(c.services, &service{key: k})
	}
	s.service = n
	s.known = c.services[n].last
	s.user = [8]byte(b[saUserID : saUserID+8])
	blank(s.user[:])
	s.id = maphash.Bytes(c.seeds[0], b[saSessionID:min(len(b), saReserved)])
	s.template = c.templateOf(v)
}

// templateOf returns the template of a record's protocol section and names.
func (c *collection) templateOf(v *view) uint32 {
	b := append(c.moving[:0], subtypeSummary, v.common[saSecProtos])
	for _, s := range v.protos {
		b = append(append(b, byte(len(s)>>8), byte(len(s))), s...)
	}
	if v.names > 0 {
		b = append(append(b, byte(v.count>>8), byte(v.count)), v.rec[v.names:]...)
	}
	c.moving = b
	if n, ok := c.byBytes[string(b)]; ok {
		return n
	}
	var t template
	t.attributes = attributesOf(nil, v.common[saSecProtos], v.protos[0], v.protos[1], v.protos[2])
	all, err := c.namesOf(nil, v, v.protos[0], v.protos[2])
	return c.addTemplate(t, all, err)
}

// addTemplate keeps the template of the bytes in c.moving.
func (c *collection) addTemplate(t template, names []name, err error) uint32 {
	if len(c.templates) >= maxTemplates || c.bytes > maxTemplateBytes {
		c.dropTemplates()
	}
	t.attributes = distinct(t.attributes)
	t.names = distinct(names)
	if err != nil {
		t.damage = err.Error()
	}
	n := uint32(len(c.templates))
	c.templates = append(c.templates, t)
	c.byBytes[string(c.moving)] = n
	c.bytes += 3 * len(c.moving)
	return n
}

// dropTemplates makes room for other ones: what the services hold by their
// number is turned into what it means.
func (c *collection) dropTemplates() {
	c.carryAll()
	c.resolvePending()
	for _, list := range [][]*service{c.services, c.details} {
		for _, svc := range list {
			svc.settle(c.templates)
		}
	}
	clear(c.byBytes)
	c.templates, c.bytes = c.templates[:0], 0
}

// ipField returns a sixteen-byte address field. IPv4 stands in the first four
// bytes; should a release map it into IPv6 as other subtypes do, with the family
// flag still saying IPv4, it is taken from there.
func ipField(b []byte, v6 bool) (ip [16]byte) {
	copy(ip[:], b[:16])
	if v6 {
		return ip
	}
	if ip == ([16]byte{10: 0xFF, 11: 0xFF, 12: ip[12], 13: ip[13], 14: ip[14], 15: ip[15]}) {
		return [16]byte{ip[12], ip[13], ip[14], ip[15]}
	}
	return [16]byte{ip[0], ip[1], ip[2], ip[3]}
}

// blank makes NULs at the end of a text field blanks, so that both paddings are
// the same text.
func blank(b []byte) {
	for i := len(b) - 1; i >= 0 && (b[i] == 0 || b[i] == ebcdic.Space); i-- {
		b[i] = ebcdic.Space
	}
}

// distinct drops what a list holds twice.
func distinct[T comparable](list []T) []T {
	out := list[:0]
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
