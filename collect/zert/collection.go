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
	clock   smf.Clock

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

	cache  cache
	repeat window
	seeds  [2]maphash.Seed
	same   []byte // scratch
	moving []byte // scratch
	view   view   // scratch

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
		cache:  newCache(maxSessions),
		repeat: window{size: Window},
		seeds:  [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
	}, nil
}

// record takes one record of a dump.
func (c *collection) record(rec []byte, at place) {
	when, ok := c.clock.Read(rec)
	if !ok {
		c.brokenParts.add(at, "its header is not that of an SMF record")
		return
	}
	sys := c.systemOf(rec)
	if sys == nil {
		c.brokenParts.add(at, fmt.Sprintf("it names one system more than the %d that are accepted", maxSystems))
		return
	}
	sys.read++
	if t := smf.Type(rec); t != smf.TypeDumpHeader && t != smf.TypeDumpTrailer { // those are of the dump
		sys.latest = max(sys.latest, when)
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
	c.summary(sys, &c.view, when, at)
}

// summary takes one usable summary record.
func (c *collection) summary(sys *system, v *view, when smf.Hundredths, at place) {
	key, fingerprint := c.identify(v)
	switch event := v.common[saEventType]; event {
	case eventInterval:
	case eventEnabled, eventDisabled:
		if c.repeat.seen(fingerprint) {
			sys.repeated++
			return
		}
		sys.used++
		st := c.stacks[c.stackOf(sys, v)]
		one := seen{at, 1, when, when}
		st.events[event-eventEnabled].merge(&one)
		st.mark(when, [...]string{"zERT aggregation was enabled", "zERT aggregation was disabled"}[event-eventEnabled])
		st.note(v, &one)
		sys.period.add(when, when)
		return
	default:
		if c.repeat.seen(fingerprint) {
			sys.repeated++
			return
		}
		sys.odd[fmt.Sprintf("zERT summary event %d", event)]++
		return
	}
	s := c.lookup(key, v, at)
	life := lifeAtEnd(v)
	if when > s.known && (when > s.last || when == s.last && life > s.life) {
		c.repeat.note(fingerprint)
	} else if c.repeat.seen(fingerprint) {
		sys.repeated++
		return
	}
	sys.used++
	if s.count++; s.count == 1 {
		s.at, s.first, s.last, s.life, s.earliest = at, when, when, life, when
	}
	if when > s.last || when == s.last && life > s.life {
		s.life = life
	}
	s.first, s.last = min(s.first, when), max(s.last, when)
	from := when - c.duration(v)
	s.earliest = min(s.earliest, from)
	c.count(sys, s, v)
	st := c.stacks[s.stack]
	st.intervals.add(from, when)
	if len(v.ident) > tiReason && st.last.before(at) {
		st.last = at
		st.set(v.ident[tiReason], when)
	}
}

// lifeAtEnd returns how many connections the session has had, which only grows.
func lifeAtEnd(v *view) uint32 {
	if len(v.common) < saEnd+lifeConnCnt+4 {
		return 0
	}
	return binary.BigEndian.Uint32(v.common[saEnd+lifeConnCnt:])
}

// duration returns the length of the interval. A length above a month is not
// one that can be set, and is ignored.
func (c *collection) duration(v *view) smf.Hundredths {
	const month = 31 * 24 * 60 * 60 * 100
	us := binary.BigEndian.Uint64(v.common[saDuration:]) >> 12 // bit 51 is a microsecond
	if us > month*10_000 {
		return 0
	}
	return smf.Hundredths(us / 10_000)
}

// count adds what happened in the interval: the counters are cumulative for the
// life of the session, so that is end less start.
func (c *collection) count(sys *system, s *session, v *view) {
	b := v.common
	if len(b) < saCounters {
		s.bad = true
		return
	}
	n0, n1 := binary.BigEndian.Uint32(b[saInit+lifeConnCnt:]), binary.BigEndian.Uint32(b[saEnd+lifeConnCnt:])
	in0, in1 := binary.BigEndian.Uint64(b[saInit+lifeIn:]), binary.BigEndian.Uint64(b[saEnd+lifeIn:])
	out0, out1 := binary.BigEndian.Uint64(b[saInit+lifeOut:]), binary.BigEndian.Uint64(b[saEnd+lifeOut:])
	if n1 < n0 || in1 < in0 || out1 < out0 {
		sys.negative++
		s.bad = true
		return
	}
	s.connections += uint64(n1 - n0)
	s.in = addUp(s.in, in1-in0)
	s.out = addUp(s.out, out1-out0)
	if len(b) < saFailedEnd {
		s.noFailed = true
		return
	}
	f0, f1 := binary.BigEndian.Uint32(b[saFailed:]), binary.BigEndian.Uint32(b[saFailed+4:])
	if f1 < f0 {
		sys.negative++
		s.bad = true
		return
	}
	s.failed += uint64(f1 - f0)
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
