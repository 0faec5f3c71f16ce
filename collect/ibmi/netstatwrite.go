package ibmi

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"

	"github.com/irondrift/irondrift/collect"
)

// This file turns what was read into keys, once all of it is known: whether a
// connection was accepted or made shows in whether its local port is open, which
// may stand anywhere in the extract.

// The kinds of things below ibmi/netstat.
const (
	kindListen  = "listen"
	kindUDP     = "udp"
	kindAccept  = "accept"
	kindConnect = "connect"
)

// traffic is the connections of one kind on one port.
type traffic struct {
	at             collect.Origin
	count          int64
	states         seen
	jobs, profiles seen
	peers          map[netip.Addr]collect.Origin
}

// write records everything and states the coverage.
func (n *netstat) write(end ending) error {
	if n.unresolved > 0 {
		end = end.worse(ending{collect.Partial, fmt.Sprintf("%d lines were left out, the first because: %s; list ports by number (F14) or use QSYS2.NETSTAT_INFO", n.unresolved, n.unresolvedWhy)})
	}
	n.attachJobs()
	kinds := map[string]map[uint16]*traffic{kindAccept: {}, kindConnect: {}}
	for key, c := range n.connections {
		kind, port := kindConnect, key.remote.Port()
		if n.accepted(key) {
			kind, port = kindAccept, key.local
		}
		t := kinds[kind][port]
		if t == nil {
			t = &traffic{peers: map[netip.Addr]collect.Origin{}}
			kinds[kind][port] = t
		}
		t.add(key.remote.Addr(), c)
	}
	w := &netstatWriter{n: n, end: end}
	if n.ports {
		w.openPorts(kindListen, n.listen, false)
		w.openPorts(kindUDP, n.udpPorts, true)
	}
	for kind, byPort := range kinds {
		w.traffic(kind, byPort)
	}
	w.cover()
	return w.err
}

// attachJobs gives the jobs of NETSTAT_JOB_INFO to the open ports. That service
// does not tell TCP from UDP: when a port is open for both, its jobs serve both.
func (n *netstat) attachJobs() {
	for port, e := range n.either {
		for _, in := range []map[uint16]*bound{n.listen, n.udpPorts} {
			if b := in[port]; b != nil {
				b.names.merge(e.names)
				b.jobs.merge(e.jobs)
				b.profiles.merge(e.profiles)
			}
		}
	}
}

func (s *seen) merge(o seen) {
	for text, at := range o {
		s.see(text, at)
	}
}

// accepted reports whether this system was the server of a connection: its local
// port is open. A connection can outlive its listener, so where the local port
// is known to the port table and the remote one is not, it was accepted too. Of
// an extract without open ports the port numbers decide.
func (n *netstat) accepted(c connection) bool {
	remote := c.remote.Port()
	switch {
	case n.listen[c.local] != nil || n.either[c.local] != nil:
		return true
	case len(n.listen)+len(n.either) > 0:
		return n.table.listed[c.local] && !n.table.listed[remote]
	}
	return !n.table.clientSide(c.local, remote)
}

func (t *traffic) add(peer netip.Addr, c *connected) {
	t.at = earlier(t.at, c.at)
	t.count++
	t.states.see(c.state, c.at)
	t.jobs.merge(c.jobs)
	t.profiles.merge(c.profiles)
	if old, ok := t.peers[peer]; ok {
		count := max(old.Count, 1)
		old = earlier(old, c.at)
		old.Count = count + 1
		t.peers[peer] = old
	} else {
		t.peers[peer] = c.at
	}
}

// netstatWriter records keys and keeps the first error.
type netstatWriter struct {
	n   *netstat
	end ending
	err error
}

func (w *netstatWriter) add(e collect.Entry) {
	if w.err == nil {
		w.err = w.n.rec.Add(e)
	}
}

func (w *netstatWriter) put(key collect.Key, v collect.Value, at collect.Origin) {
	w.add(collect.Entry{Key: key, Value: v, At: at})
}

// texts records a set; what no extract tells is unknown.
func (w *netstatWriter) texts(key collect.Key, told bool, why string, s seen, at collect.Origin) {
	if !told {
		w.put(key, collect.Unknown(why), at)
		return
	}
	members := make([]collect.Member, 0, len(s))
	for text, o := range s {
		members = append(members, collect.Member{Text: text, At: o})
	}
	w.add(collect.SetEntry(key, at, members))
}

// capped records a metric set, its first members in the order of text, or none
// when nobody tells.
func (w *netstatWriter) capped(key collect.Key, told bool, s seen, at collect.Origin) {
	if !told {
		return
	}
	kept := seen{}
	for _, text := range slices.Sorted(maps.Keys(s))[:min(len(s), w.n.members)] {
		kept[text] = s[text]
	}
	w.texts(key, true, "", kept, at)
}

const (
	needsInfo = "only QSYS2.NETSTAT_INFO tells"
	needsJobs = "only QSYS2.NETSTAT_JOB_INFO tells"
)

// openPorts records the open ports of one protocol.
func (w *netstatWriter) openPorts(kind string, byPort map[uint16]*bound, udp bool) {
	n := w.n
	base := netstatPrefix.Join(kind)
	var numbers []string
	var others int64
	var first collect.Origin
	for _, port := range slices.Sorted(maps.Keys(byPort)) {
		b := byPort[port]
		first = earlier(first, b.at)
		if _, named := n.table.udp[port]; udp && !named && port >= ephemeral {
			others++ // what a client of this system opened to ask something, as a rule
			continue
		}
		numbers = append(numbers, strconv.Itoa(int(port)))
		key := base.Join(strconv.Itoa(int(port)))
		w.service(key, port, udp, b.at)
		w.texts(key+"/addresses", n.addresses && len(b.addresses) > 0, needsInfo, b.addresses, b.at)
		w.texts(key+"/names", n.names, needsInfo, b.names, b.at)
		w.texts(key+"/bind_users", n.binders, needsInfo, b.binders, b.at)
		w.texts(key+"/jobs", n.jobs, needsJobs, b.jobs, b.at)
		w.texts(key+"/users", n.profiles, needsJobs, b.profiles, b.at)
	}
	w.rollUp(kind, numbers, first)
	if udp {
		w.put(netstatPrefix.Join("udp_other"), collect.Number(others), first)
	}
}

// service records what the port number stands for.
func (w *netstatWriter) service(key collect.Key, port uint16, udp bool, at collect.Origin) {
	s := w.n.table.lookup(port, udp)
	w.put(key+"/service", collect.Text(s.name), at)
	w.put(key+"/port_class", collect.Text(s.class), at)
}

// rollUp records the ports of one kind as a set.
func (w *netstatWriter) rollUp(kind string, numbers []string, at collect.Origin) {
	v := collect.Set(numbers...)
	if w.end.state == collect.Partial {
		v = collect.Unknown("the extract is incomplete: " + w.end.reason)
	}
	w.put(netstatPrefix.Join(kind+"_ports"), v, at)
}

// traffic records the connections of one kind.
func (w *netstatWriter) traffic(kind string, byPort map[uint16]*traffic) {
	n := w.n
	base := netstatPrefix.Join(kind)
	var numbers []string
	var first collect.Origin
	for _, port := range slices.Sorted(maps.Keys(byPort)) {
		t := byPort[port]
		first = earlier(first, t.at)
		numbers = append(numbers, strconv.Itoa(int(port)))
		key := base.Join(strconv.Itoa(int(port)))
		w.service(key, port, false, t.at)
		w.put(key+"/connections", collect.Number(t.count), t.at)
		w.texts(key+"/states", true, "", t.states, t.at)
		w.peers(key, t)
		w.capped(key+"/users", n.profiles, t.profiles, t.at)
		if kind == kindAccept {
			w.texts(key+"/jobs", n.jobs, needsJobs, t.jobs, t.at)
		} else {
			w.capped(key+"/jobs", n.jobs, t.jobs, t.at)
		}
	}
	w.rollUp(kind, numbers, first)
}

// peers records the other ends: networks, and addresses as far as they are kept.
func (w *netstatWriter) peers(key collect.Key, t *traffic) {
	networks, exact := seen{}, seen{}
	for i, a := range slices.SortedFunc(maps.Keys(t.peers), netip.Addr.Compare) {
		at := t.peers[a]
		bits := 64
		if a.Is4() {
			bits = 24
		}
		network, err := a.Prefix(bits)
		if err != nil {
			w.err = err
			return
		}
		networks.see(network.String(), at)
		if i < w.n.members {
			exact[a.String()] = at
		}
	}
	w.texts(key+"/peer_networks", true, "", networks, t.at)
	w.texts(key+"/peers", true, "", exact, t.at)
	w.put(key+"/peers_beyond", collect.Number(int64(max(0, len(t.peers)-w.n.members))), t.at)
}

// cover states the coverage. Rows of a port stand anywhere in an extract, so when
// it may have stopped early, what was not seen is open kind by kind and there is
// no last entity. NETSTAT_JOB_INFO alone does not speak for open ports, because
// it does not tell a listener from a UDP socket.
func (w *netstatWriter) cover() {
	kinds := []string{kindAccept, kindConnect}
	if w.n.ports {
		w.n.rec.Cover(collect.Coverage{Prefix: netstatPrefix, State: w.end.state, Reason: w.end.reason})
		if w.end.state != collect.Open {
			return
		}
		kinds = append(kinds, kindListen, kindUDP)
	}
	for _, kind := range kinds {
		w.n.rec.Cover(collect.Coverage{Prefix: netstatPrefix.Join(kind), State: w.end.state, Reason: w.end.reason})
		w.n.rec.Cover(collect.Coverage{Prefix: netstatPrefix.Join(kind + "_ports"), State: w.end.state, Reason: w.end.reason})
	}
}
