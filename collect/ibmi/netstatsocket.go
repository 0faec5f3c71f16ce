package ibmi

import (
	"net/netip"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// socket is one row: an open port or a connection.
type socket struct {
	at       collect.Origin
	family   string // IPV4, IPV6 or "" when not known
	protocol string // TCP, UDP or ""
	state    string
	decided  bool // the extract tells protocol and state
	listing  bool
	local    netip.AddrPort
	remote   netip.AddrPort
	name     string // of the local port, as the system shows it
	binder   string // profile that did the bind
	profile  string // profile under which the job runs
	job      string
}

// places fills in addresses and ports. It returns why they cannot be read.
func (s *socket) places(localAddr, localPort, remoteAddr, remotePort string) string {
	local, ok1 := parsePort([]byte(localPort))
	remote, ok2 := parsePort([]byte(remotePort))
	if !ok1 || !ok2 || local == 0 {
		return "port cannot be read"
	}
	la, ok1 := s.address(localAddr)
	ra, ok2 := s.address(remoteAddr)
	if !ok1 || !ok2 {
		return "address cannot be read"
	}
	s.local, s.remote = netip.AddrPortFrom(la, local), netip.AddrPortFrom(ra, remote)
	return ""
}

// address reads an address. Any address is 0.0.0.0 or ::, by the family of the
// row where the text does not tell.
func (s *socket) address(text string) (netip.Addr, bool) {
	switch text {
	case "", "*", "0":
		if strings.EqualFold(s.family, "IPV6") {
			return netip.IPv6Unspecified(), true
		}
		return netip.IPv4Unspecified(), true
	}
	if len(text) > 64 {
		return netip.Addr{}, false
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return a.WithZone("").Unmap(), true
	}
	a, ok := parseIPv4([]byte(text)) // with leading zeros
	return a.netip(), ok
}

// listens reports whether nobody is at the other end.
func (s *socket) listens() bool {
	return s.state == "LISTEN" || s.remote.Addr().IsUnspecified()
}

func (s *socket) udp() bool { return s.protocol == "UDP" || s.state == "*UDP" }

// states are those of TCP, by their letters.
var states = func() map[string]string {
	m := map[string]string{}
	for _, s := range strings.Fields("*UDP LISTEN SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSE-WAIT CLOSING LAST-ACK TIME-WAIT CLOSED") {
		m[strings.ReplaceAll(s, "-", "")] = s
	}
	return m
}()

// connectionState returns a state as the TCP standard spells it, or the text in
// upper case.
func connectionState(text string) string {
	text = strings.ToUpper(text)
	if s, ok := states[strings.NewReplacer("-", "", "_", "", " ", "").Replace(text)]; ok {
		return s
	}
	return text
}

// seen are texts with where they were read.
type seen map[string]collect.Origin

// see adds a text; "" is none.
func (s *seen) see(text string, at collect.Origin) {
	if text == "" {
		return
	}
	if *s == nil {
		*s = seen{}
	}
	old, ok := (*s)[text]
	switch {
	case !ok:
		at.Count = 1
		(*s)[text] = at
	case at.File < old.File || at.File == old.File && at.Pos < old.Pos:
		at.Count = old.Count + 1
		(*s)[text] = at
	default:
		old.Count++
		(*s)[text] = old
	}
}

// bound is an open port: a TCP listener, or a UDP socket.
type bound struct {
	at                                        collect.Origin
	addresses, names, binders, jobs, profiles seen
}

func (b *bound) see(s *socket) {
	b.at = earlier(b.at, s.at)
	if !s.listing && s.decided {
		b.addresses.see(s.local.Addr().String(), s.at)
	}
	b.names.see(s.name, s.at)
	b.binders.see(s.binder, s.at)
	b.jobs.see(s.job, s.at)
	b.profiles.see(s.profile, s.at)
}

// earlier returns the place that comes first in reading order.
func earlier(a, b collect.Origin) collect.Origin {
	if a.Pos == 0 || b.File < a.File || b.File == a.File && b.Pos < a.Pos {
		return b
	}
	return a
}

// connection is identified by its two ports and its peer: the listing does not
// show the local address.
type connection struct {
	local  uint16
	remote netip.AddrPort
}

// connected is what is known of a connection. A row of NETSTAT_JOB_INFO stands
// for each job that has it open.
type connected struct {
	at             collect.Origin
	state          string
	jobs, profiles seen
}

// netstat is everything that was read.
type netstat struct {
	rec     *collect.Recorder
	table   *ports
	own     map[string]uint16 // names in the site's port table
	members int

	listen, udpPorts, either map[uint16]*bound // either: a listener or UDP, the extract does not tell
	connections              map[connection]*connected

	// What any extract tells.
	ports, jobs, profiles, addresses, names, binders bool
	listed                                           bool // a listing was read
	unresolved                                       int64
	unresolvedWhy                                    string
}

func newNetstat(rec *collect.Recorder, table *ports, site []collect.Port, members int) *netstat {
	n := &netstat{rec: rec, table: table, own: map[string]uint16{}, members: members,
		listen: map[uint16]*bound{}, udpPorts: map[uint16]*bound{}, either: map[uint16]*bound{}, connections: map[connection]*connected{}}
	for _, p := range site {
		n.own[p.Service] = uint16(p.Port)
	}
	return n
}

// add takes a row and counts it.
func (n *netstat) add(s *socket) {
	in := n.listen
	switch {
	case s.udp():
		in = n.udpPorts
	case s.state == "CLOSED":
		n.rec.Ignored("connection is closed", 1)
		return
	case !s.listens():
		n.rec.Used(1)
		key := connection{s.local.Port(), s.remote}
		c := n.connections[key]
		if c == nil {
			c = &connected{}
			n.connections[key] = c
		}
		c.at = earlier(c.at, s.at)
		c.state = max(c.state, s.state)
		c.jobs.see(s.job, s.at)
		c.profiles.see(s.profile, s.at)
		return
	case !s.decided:
		in = n.either
	}
	n.rec.Used(1)
	b := in[s.local.Port()]
	if b == nil {
		b = &bound{}
		in[s.local.Port()] = b
	}
	b.see(s)
}
