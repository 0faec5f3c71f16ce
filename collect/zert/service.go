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
	attributes table[attribute, seen]
	users      table[[8]byte, seen]
	peers      table[[16]byte, seen]
	networks   table[network, seen]
	level      uint8 // index into networkBits of what networks holds
	names      table[name, seen]
	nameCount  [nameKindCount]uint8
	sessions   table[uint64, struct{}]

	manyPeers, manySessions bool
	damage                  string // why something of it is missing

	counters
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
	c.in += d.in
	c.out += d.out
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
		s.level++
		finer := s.networks
		s.networks = table[network, seen]{}
		for i := range finer.rows {
			r := &finer.rows[i]
			n := network(mask([16]byte(r.key), s.bits()[s.level]))
			if old := s.networks.find(n); old != nil {
				old.merge(&r.val)
			} else {
				s.networks.insert(n, r.val)
			}
		}
	}
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
