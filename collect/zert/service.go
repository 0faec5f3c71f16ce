package zert

import (
	"net/netip"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// place is where a record was read.
type place struct {
	file        int32
	pos, offset int64
}

func (p place) before(q place) bool {
	return p.file < q.file || p.file == q.file && p.pos < q.pos
}

// seen says where and when something was seen first, when last, and how often.
// Times are zero when the record had none.
type seen struct {
	at          place
	count       int64
	first, last smf.Hundredths
}

// merge adds what another look at the same thing found.
func (s *seen) merge(t *seen) {
	if s.count == 0 {
		*s = *t
		return
	}
	if t.at.before(s.at) {
		s.at = t.at
	}
	s.count += t.count
	if t.first != 0 && (s.first == 0 || t.first < s.first) {
		s.first = t.first
	}
	s.last = max(s.last, t.last)
}

// Roles of the local end. Enterprise Extender is UDP between equals, and a
// record that says neither is kept apart rather than guessed.
const (
	roleServer = iota
	roleClient
	roleEE
	roleUnknown
)

var roleNames = [...]string{"server", "client", "ee", "unknown"}

// serviceKey identifies a service endpoint by what does not drift: where it
// runs, under which job, on which side, and the server's address and ports. Text
// is in EBCDIC as in the record, padded with blanks.
type serviceKey struct {
	sid                 [4]byte
	stack, job          [8]byte
	ip                  [16]byte
	portFirst, portLast uint16
	v6                  bool
	role                uint8
}

// network is an address with all but its leading bits zero.
type network [16]byte

// service is what is known of one service endpoint.
type service struct {
	key serviceKey
	seen
	templates  table[uint32, seen] // what its sessions had, until settled
	attributes table[attribute, seen]
	users      table[[8]byte, seen]
	jobs       table[[8]byte, seen] // of summary records, where the site gives them one name
	peers      table[[16]byte, seen]
	networks   table[network, seen]
	level      uint8 // index into networkBits of what networks holds
	names      table[name, seen]
	nameCount  [nameKindCount]uint8
	sessions   table[uint64, struct{}]

	manyPeers, manySessions bool
	damage                  string // why something of it is missing

	summaries int64 // records of subtype 12
	counters
	detail detail
}

// detail counts what connection detail (subtype 11) says of a service.
type detail struct {
	details int64  // records
	begun   uint64 // connections
	in, out uint64 // bytes of connections that ended
	failed  uint64 // handshakes
}

func (d *detail) add(e *detail) {
	d.details += e.details
	d.begun += e.begun
	d.in, d.out = addUp(d.in, e.in), addUp(d.out, e.out)
	d.failed += e.failed
}

// counters are sums over the intervals of the dump.
type counters struct {
	connections, in, out uint64
	failed               uint64
	noFailed             bool // a record did not hold failed handshakes
	bad                  bool // a record held no usable counters
}

func (c *counters) add(d *counters) {
	c.connections += d.connections
	c.in, c.out = addUp(c.in, d.in), addUp(c.out, d.out)
	c.failed += d.failed
	c.noFailed = c.noFailed || d.noFailed
	c.bad = c.bad || d.bad
}

// networkBits are the sizes to which peer addresses are rounded, for IPv4 and
// IPv6. A service keeps the finest that needs no more members than the limit:
// the set then always covers every peer, and which size it has depends on the
// peers only and not on the order of the records.
var networkBits = [2][]int{{24, 16, 8}, {64, 48, 32, 16, 8}}

func (s *service) bits() []int {
	if s.key.v6 {
		return networkBits[1]
	}
	return networkBits[0]
}

// addNetwork notes the network of a peer.
func (s *service) addNetwork(ip [16]byte, t *seen, limit int) {
	for {
		n := network(mask(ip, s.bits()[s.level]))
		if old := s.networks.find(n); old != nil {
			old.merge(t)
			return
		}
		if s.networks.len() < limit || int(s.level) == len(s.bits())-1 {
			s.networks.insert(n, *t)
			return
		}
		s.coarsen()
	}
}

// coarsen rounds the networks to the next larger size.
func (s *service) coarsen() {
	s.level++
	finer := s.networks
	s.networks = table[network, seen]{}
	for i := range finer.rows {
		r := &finer.rows[i]
		add(&s.networks, network(mask([16]byte(r.key), s.bits()[s.level])), &r.val)
	}
}

// add notes another look at a key.
func add[K comparable](to *table[K, seen], key K, t *seen) {
	if old := to.find(key); old != nil {
		old.merge(t)
	} else {
		to.insert(key, *t)
	}
}

// settle turns the templates of a service into its attributes and names.
func (s *service) settle(templates []template) {
	for i := range s.templates.rows {
		row := &s.templates.rows[i]
		t := &templates[row.key]
		for _, a := range t.attributes {
			add(&s.attributes, a, &row.val)
		}
		for _, n := range t.names {
			s.addName(n, &row.val)
		}
		if t.damage != "" && s.damage == "" {
			s.damage = t.damage
		}
	}
	s.templates = table[uint32, seen]{}
}

// merge adds what another entity of the same service holds.
func (s *service) merge(o *service, limit int) {
	s.seen.merge(&o.seen)
	for i := range o.templates.rows {
		add(&s.templates, o.templates.rows[i].key, &o.templates.rows[i].val)
	}
	for i := range o.attributes.rows {
		add(&s.attributes, o.attributes.rows[i].key, &o.attributes.rows[i].val)
	}
	for i := range o.names.rows {
		s.addName(o.names.rows[i].key, &o.names.rows[i].val)
	}
	for i := range o.users.rows {
		add(&s.users, o.users.rows[i].key, &o.users.rows[i].val)
	}
	for i := range o.jobs.rows {
		add(&s.jobs, o.jobs.rows[i].key, &o.jobs.rows[i].val)
	}
	for i := range o.peers.rows {
		s.addPeer(o.peers.rows[i].key, &o.peers.rows[i].val, limit)
	}
	for s.level < o.level {
		s.coarsen()
	}
	for i := range o.networks.rows {
		s.addNetwork(o.networks.rows[i].key, &o.networks.rows[i].val, limit)
	}
	for i := range o.sessions.rows {
		s.addSession(o.sessions.rows[i].key, limit)
	}
	s.manyPeers = s.manyPeers || o.manyPeers
	s.manySessions = s.manySessions || o.manySessions
	if s.damage == "" {
		s.damage = o.damage
	}
	s.summaries += o.summaries
	s.counters.add(&o.counters)
	s.detail.add(&o.detail)
}

// addPeer notes the exact address of a peer, up to the limit.
func (s *service) addPeer(ip [16]byte, t *seen, limit int) {
	if old := s.peers.find(ip); old != nil {
		old.merge(t)
	} else if s.peers.len() < limit {
		s.peers.insert(ip, *t)
	} else {
		s.manyPeers = true
	}
}

// addSession notes a session id by its hash, up to the limit.
func (s *service) addSession(id uint64, limit int) {
	switch {
	case s.sessions.find(id) != nil:
	case s.sessions.len() < limit:
		s.sessions.insert(id, struct{}{})
	default:
		s.manySessions = true
	}
}

// addName notes a text of a certificate, up to one more than is shown.
func (s *service) addName(n name, t *seen) {
	if old := s.names.find(n); old != nil {
		old.merge(t)
	} else if s.nameCount[n.kind] <= maxNames {
		s.nameCount[n.kind]++
		s.names.insert(n, *t)
	}
}

// mask zeroes all but the first bits of an address.
func mask(ip [16]byte, bits int) [16]byte {
	var out [16]byte
	copy(out[:], ip[:bits/8])
	return out
}

// address makes an address of a sixteen-byte field, which holds IPv4 in its
// first four bytes.
func address(ip [16]byte, v6 bool) netip.Addr {
	if v6 {
		return netip.AddrFrom16(ip)
	}
	return netip.AddrFrom4([4]byte(ip[:4]))
}

// segment is text as one segment of a key; blank is "*", since a segment must
// not be empty and no job, stack or system is called that.
func segment(text string) string {
	if text == "" {
		return "*"
	}
	return collect.EscapeSegment(text)
}
