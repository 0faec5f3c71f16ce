package ibmi

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"net/netip"

	"github.com/irondrift/irondrift/collect"
)

// place is where and when a row stands.
type place struct {
	file   int
	pos    int64 // line
	offset int64
	time   int64 // microseconds of the wall clock, or noTime
}

// before reports whether p stands in front of o in reading order.
func (p *place) before(o *place) bool {
	return p.file < o.file || p.file == o.file && p.pos < o.pos
}

// sighting is what is kept of the rows that said the same thing. There can be a
// thousand for each port, so it is packed.
type sighting struct {
	pos, offset int64 // of the first in reading order
	first, last int64 // earliest and latest time, noTime when none has one
	count       uint32
	file        int32
}

func newSighting(at *place) sighting {
	return sighting{pos: at.pos, offset: at.offset, count: 1, first: at.time, last: at.time, file: int32(at.file)}
}

func (s *sighting) again(at *place) {
	s.add(1)
	if at.time == noTime {
		return
	}
	if at.time < s.first || s.first == noTime {
		s.first = at.time
	}
	if at.time > s.last {
		s.last = at.time
	}
}

// add counts n more rows; what does not fit is not counted.
func (s *sighting) add(n uint32) {
	if s.count += n; s.count < n {
		s.count = math.MaxUint32
	}
}

// merge adds what another reader saw of the same thing.
func (s *sighting) merge(o sighting) {
	if o.file < s.file || o.file == s.file && o.pos < s.pos {
		s.file, s.pos, s.offset = o.file, o.pos, o.offset
	}
	s.add(o.count)
	if s.first == noTime || o.first != noTime && o.first < s.first {
		s.first = o.first
	}
	s.last = max(s.last, o.last)
}

func (s *sighting) origin(opts *collect.Options) collect.Origin {
	o := collect.Origin{File: int(s.file), Pos: s.pos, Offset: s.offset, Count: int64(s.count)}
	if s.first != noTime {
		o.First, o.Last = wallTime(s.first, opts.Location), wallTime(s.last, opts.Location)
	}
	return o
}

// sightings are sightings by address: an open-addressed table over a list that
// keeps the order in which addresses came.
type sightings struct {
	// slots hold the index into list plus one; 0 is free. They are few bytes,
	// so that the processor's cache can hold those of many ports.
	slots []uint32 // length a power of two
	list  []addressSighting
}

// addressSighting fills one line of the processor's cache.
type addressSighting struct {
	address address
	sighting
	// network is the index of the address's network in the list of networks.
	network int32
}

// hashSeed makes it impossible to choose peers that collide.
var hashSeed = [2]uint64{rand.Uint64(), rand.Uint64()}

func (a address) hash() uint64 { return mix(a.hi^hashSeed[1], a.lo^hashSeed[0]) }

// find returns the index of a in the list, or -1.
func (s *sightings) find(a address) int32 {
	if len(s.slots) == 0 {
		return -1
	}
	mask := uint64(len(s.slots) - 1)
	for i := a.hash() & mask; s.slots[i] != 0; i = (i + 1) & mask {
		if index := int32(s.slots[i]) - 1; s.list[index].address == a {
			return index
		}
	}
	return -1
}

// add puts a, which find did not find, at the end of the list. No more than half
// of the slots are used.
func (s *sightings) add(a address, seen sighting) int32 {
	if len(s.list)*2 >= len(s.slots) {
		s.slots = make([]uint32, max(8, 2*len(s.slots)))
		for i := range s.list {
			s.enter(s.list[i].address, i)
		}
	}
	s.list = append(s.list, addressSighting{address: a, sighting: seen})
	s.enter(a, len(s.list)-1)
	return int32(len(s.list)) - 1
}

// enter puts the index of an address into the first free slot for it.
func (s *sightings) enter(a address, index int) {
	mask := uint64(len(s.slots) - 1)
	i := a.hash() & mask
	for s.slots[i] != 0 {
		i = (i + 1) & mask
	}
	s.slots[i] = uint32(index + 1)
}

// filter tells for most addresses that they are not in a full list, with a look at
// one word: the processor's cache holds the filters of many ports, but not their
// lists.
type filter []uint64

// newFilter returns a filter of the addresses of a list, with at least eight bits
// for each.
func newFilter(list []addressSighting) filter {
	f := make(filter, 1<<bits.Len(uint(len(list)/8)))
	for i := range list {
		h := list[i].address.hash() >> 16
		f[h>>6&uint64(len(f)-1)] |= 1 << (h & 63)
	}
	return f
}

// without reports whether a is certainly not in the list.
func (f filter) without(a address) bool {
	if len(f) == 0 {
		return false
	}
	h := a.hash() >> 16
	return f[h>>6&uint64(len(f)-1)]&(1<<(h&63)) == 0
}

// peers are the addresses and networks that were seen on one port.
type peers struct {
	exact    sightings
	full     filter // of exact, when it is full
	networks sightings
	// beyond counts rows of addresses that are not in exact because it is full.
	beyond int64
	// wider says how often the networks had to be widened.
	wider4, wider6 int
	count4, count6 int
	missing        int64 // rows without a readable address
}

// maxNetworks is how many networks of one address family are kept for a port:
// enough for a service inside a company. A service that more networks use, one
// open to the Internet, has its networks widened by eight bits (IPv6: sixteen)
// as often as it takes. The outcome depends on which networks there were, not on
// their order.
const maxNetworks = 4096

// see counts a row from a.
func (p *peers) see(a address, at *place, members int) {
	if !p.full.without(a) {
		if i := p.exact.find(a); i >= 0 {
			s := &p.exact.list[i]
			s.again(at)
			p.networks.list[s.network].again(at)
			return
		}
	}
	n := p.widen(a)
	network := p.networks.find(n)
	if network >= 0 {
		p.networks.list[network].again(at)
	} else {
		network = p.seeNetwork(n, newSighting(at))
	}
	if len(p.exact.list) >= members {
		p.beyond++
		return
	}
	i := p.exact.add(a, newSighting(at))
	p.exact.list[i].network = network
	if len(p.exact.list) == members {
		p.full = newFilter(p.exact.list)
	}
}

// seeNetwork adds a sighting of a network and returns its index.
func (p *peers) seeNetwork(n address, seen sighting) int32 {
	if i := p.networks.find(n); i >= 0 {
		p.networks.list[i].sighting.merge(seen)
		return i
	}
	if n.is4() {
		p.count4++
	} else {
		p.count6++
	}
	if p.count4 > maxNetworks || p.count6 > maxNetworks {
		if p.count4 > maxNetworks {
			p.wider4++
		} else {
			p.wider6++
		}
		p.rebuild()
		return p.seeNetwork(p.widen(n), seen)
	}
	return p.networks.add(n, seen)
}

// widen returns the network of a: /24 for IPv4 and /64 for IPv6, or wider.
func (p *peers) widen(a address) address {
	if a.is4() {
		return address{0, a.lo &^ (1<<min(8+8*p.wider4, 32) - 1)}
	}
	return address{a.hi &^ (1<<min(16*p.wider6, 64) - 1), 0}
}

// rebuild puts all networks into the wider ones they now belong to.
func (p *peers) rebuild() {
	old := p.networks
	p.networks, p.count4, p.count6 = sightings{}, 0, 0
	for i := range old.list {
		p.seeNetwork(p.widen(old.list[i].address), old.list[i].sighting)
	}
	for i := range p.exact.list {
		e := &p.exact.list[i]
		e.network = p.networks.find(p.widen(e.address))
	}
}

// prefix returns a network of the list as a prefix.
func (p *peers) prefix(n address) netip.Prefix {
	if n.is4() {
		return netip.PrefixFrom(n.netip(), max(24-8*p.wider4, 0))
	}
	return netip.PrefixFrom(n.netip(), max(64-16*p.wider6, 0))
}

// merge adds what was seen in other entries of the same port.
func (p *peers) merge(o *peers, members int) {
	if o.wider4 > p.wider4 || o.wider6 > p.wider6 {
		p.wider4, p.wider6 = max(p.wider4, o.wider4), max(p.wider6, o.wider6)
		p.rebuild()
	}
	for i := range o.networks.list {
		p.seeNetwork(p.widen(o.networks.list[i].address), o.networks.list[i].sighting)
	}
	for i := range o.exact.list {
		e := &o.exact.list[i]
		if j := p.exact.find(e.address); j >= 0 {
			p.exact.list[j].merge(e.sighting)
			continue
		}
		if len(p.exact.list) >= members {
			p.beyond += int64(e.count)
			continue
		}
		j := p.exact.add(e.address, e.sighting)
		p.exact.list[j].network = p.networks.find(p.widen(e.address))
	}
	p.beyond += o.beyond
	p.missing += o.missing
}
