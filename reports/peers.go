package reports

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// Peers are the systems at the other end of one service. Addresses are metrics
// of a part; names come from outside, for reading only. Neither is a fact, so
// neither can change a digest, a comparison or a verdict.
type Peers struct {
	System  string
	Service collect.Key // ibmi/sk/accept/23
	Peers   []Peer      // the first few, see FewPeers
	Beyond  int64       // how many more there are
	Capped  bool        // and more than those: the source did not keep all
}

// Peer is one address and what it is called.
type Peer struct {
	Address string
	Name    string   // "" when nobody names it
	From    NameFrom // who names it
}

// NameFrom says who gives an address its name.
type NameFrom string

// Who names an address. A name from a reverse lookup is what the owner of the
// address block says at the time of the report, which may be anything.
const (
	FromHostsFile NameFrom = "hosts file"
	FromNetwork   NameFrom = "network in hosts file"
	FromLookup    NameFrom = "reverse lookup"
)

// FewPeers is how many peers of one service a report shows.
const FewPeers = 8

// String is the address with its name behind it.
func (p Peer) String() string {
	switch {
	case p.Name == "":
		return p.Address
	case p.From == FromLookup:
		return p.Address + " (dns: " + p.Name + ")"
	}
	return p.Address + " (" + p.Name + ")"
}

// String lists the peers.
func (p *Peers) String() string {
	list := make([]string, len(p.Peers))
	for i, peer := range p.Peers {
		list[i] = peer.String()
	}
	s := strings.Join(list, ", ")
	switch {
	case p.Capped:
		s += fmt.Sprintf(" and more than %d more", p.Beyond)
	case p.Beyond > 0:
		s += fmt.Sprintf(" and %d more", p.Beyond)
	}
	return s
}

// servicesOf returns the services that a finding speaks about, each once. What
// passed or does not apply needs no names.
func servicesOf(f *rules.Finding) []collect.Key {
	if f.Result == rules.Pass || f.Result == rules.NotApplicable {
		return nil
	}
	services := []collect.Key{f.Entity}
	for i := range f.Evidence {
		if e, many := f.Evidence[i].Key.Entity(); many && !slices.Contains(services, e) {
			services = append(services, e)
		}
	}
	return services
}

// Services returns the services of a system for which r shows peers: those that
// findings and changes speak about.
func (r *Report) Services(system string) map[collect.Key]bool {
	out := map[collect.Key]bool{}
	for i := range r.Assessment.Findings {
		if f := &r.Assessment.Findings[i]; f.System == system {
			for _, k := range servicesOf(f) {
				out[k] = true
			}
		}
	}
	for i := range r.Changes {
		if c := &r.Changes[i]; c.System == system && drift(c) {
			if k, many := c.Key.Entity(); many {
				out[k] = true
			}
		}
	}
	return out
}

type serviceID struct {
	system  string
	service collect.Key
}

// peersOf returns the peers of a service, nil when none are known.
func (p *page) peersOf(system string, service collect.Key) *Peers {
	return p.peers[serviceID{system, service}]
}

// compareAddresses orders addresses by number, and what is no address behind
// them by its text.
func compareAddresses(a, b string) int {
	x, errX := netip.ParseAddr(a)
	y, errY := netip.ParseAddr(b)
	switch {
	case errX == nil && errY == nil:
		return x.Compare(y)
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return strings.Compare(a, b)
}

// NewPeers makes a row of the addresses of a service: the first few in their
// order, the others counted.
func NewPeers(system string, service collect.Key, addresses []string) Peers {
	p := Peers{System: system, Service: service}
	for i, a := range sorted(addresses, compareAddresses) {
		if i == FewPeers {
			p.Beyond = int64(len(addresses) - i)
			break
		}
		p.Peers = append(p.Peers, Peer{Address: a})
	}
	return p
}
