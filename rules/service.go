package rules

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// service is a zERT service as far as the conditions of AT-TLS rules go.
type service struct {
	direction   string // as an AT-TLS rule has it
	job         string
	address     netip.Addr // of the server end; invalid: not known
	first, last int        // its ports
	users       []string
	peers       []netip.Prefix // nil: not known
	protection  []string
}

func newService(names map[string]string, values map[string]slot) *service {
	s := &service{direction: "Inbound", job: names["job"]}
	if names["role"] == "client" {
		s.direction = "Outbound"
	}
	s.first, s.last, _ = portsOf(names)
	end := names["endpoint"]
	if i := strings.LastIndexByte(end, ':'); i >= 0 {
		if a, err := netip.ParseAddr(strings.Trim(end[:i], "[]")); err == nil {
			s.address = a.Unmap()
		}
	}
	s.users, _ = members(values["users"])
	s.protection, _ = members(values["protection"])
	networks, _ := members(values["peer_networks"])
	for _, n := range networks {
		p, err := parseNetwork(n)
		if err != nil {
			s.peers = nil
			break
		}
		s.peers = append(s.peers, p)
	}
	return s
}

// members returns the members of a set or list; ok is false when it is absent
// or unknown.
func members(s slot) (list []string, ok bool) {
	if !s.seen || s.unknown() {
		return nil, false
	}
	v, err := collect.ParseForm(s.form, collect.TypeSet)
	return v.Items(), err == nil
}

// takes says how much of the connections of a service the rule takes, were it
// the only one.
func (r *policyRule) takes(s *service) share {
	server, others := "Local", "Remote"
	if s.direction == "Outbound" {
		server, others = "Remote", "Local"
	}
	how := r.direction(s.direction)
	for _, part := range []func() share{
		func() share { return r.ports(server+"PortRange", s.first, s.last) },
		func() share { return r.unseen(others + "PortRange") },
		func() share { return r.mask("Jobname", []string{s.job}) },
		func() share { return r.address(server+"Addr", s.address) },
		func() share {
			if s.direction == "Outbound" {
				return r.unseen("LocalAddr")
			}
			return r.networks("RemoteAddr", s.peers)
		},
		func() share { return r.mask("Userid", s.users) },
		func() share {
			if times, ok := members(r.values["IpTimeCondition"]); ok && len(times) == 0 {
				return takesAll
			}
			return takesSome
		},
	} {
		if how == takesNone {
			break
		}
		how = min(how, part())
	}
	return how
}

func (r *policyRule) direction(want string) share {
	switch v := r.values["Direction"]; {
	case !v.seen || v.unknown():
		return takesSome
	case string(v.form) == "Both" || string(v.form) == want:
		return takesAll
	}
	return takesNone
}

// unseen is the answer of a condition about something that zERT does not tell.
func (r *policyRule) unseen(name string) share {
	if list, _ := members(r.values[name]); slices.Contains(list, "All") {
		return takesAll
	}
	return takesSome
}

// ports counts how many ports of a range the condition takes. The ranges of a
// rule do not overlap.
func (r *policyRule) ports(name string, first, last int) share {
	list, ok := members(r.values[name])
	if !ok {
		return takesSome
	}
	if slices.Contains(list, "All") {
		return takesAll
	}
	n := 0
	for _, text := range list {
		low, high, ranged := strings.Cut(text, "-")
		if !ranged {
			high = low
		}
		a, err1 := strconv.Atoi(low)
		b, err2 := strconv.Atoi(high)
		if err1 != nil || err2 != nil {
			return takesSome
		}
		n += max(0, min(b, last)-max(a, first)+1)
	}
	switch {
	case n == 0:
		return takesNone
	case n >= last-first+1:
		return takesAll
	}
	return takesSome
}

// mask compares names with a name that may end in an asterisk. A name that zERT
// does not give may be any.
func (r *policyRule) mask(name string, names []string) share {
	v := r.values[name]
	if !v.seen || v.unknown() {
		return takesSome
	}
	prefix, wild := strings.CutSuffix(string(v.form), "*")
	if wild && prefix == "" {
		return takesAll
	}
	fit, open := 0, len(names) == 0
	for _, n := range names {
		switch {
		case n == "*" || n == "*FTPUSR*":
			open = true
		case strings.HasSuffix(n, "*") && !(wild && strings.HasPrefix(n, prefix)) && strings.HasPrefix(prefix, strings.TrimSuffix(n, "*")):
			// One name for several jobs, of which the condition takes some.
			open = true
		case n == prefix || wild && strings.HasPrefix(n, prefix):
			fit++
		}
	}
	return shareOf(fit, len(names), open)
}

func shareOf(fit, of int, open bool) share {
	switch {
	case open || fit > 0 && fit < of:
		return takesSome
	case fit > 0:
		return takesAll
	}
	return takesNone
}

func (r *policyRule) address(name string, a netip.Addr) share {
	if !a.IsValid() {
		return r.unseen(name)
	}
	return r.networks(name, []netip.Prefix{netip.PrefixFrom(a, a.BitLen())})
}

// networks compares networks with the addresses, prefixes and ranges of a
// condition.
func (r *policyRule) networks(name string, nets []netip.Prefix) share {
	list, ok := members(r.values[name])
	if slices.Contains(list, "All") {
		return takesAll
	}
	if !ok || len(nets) == 0 {
		return takesSome
	}
	inside, touched := 0, false
	for _, n := range nets {
		first, last := n.Addr(), lastOf(n)
		for _, text := range list {
			a, b, ok := addressRange(text)
			if !ok {
				touched = true
				continue
			}
			if a.BitLen() != first.BitLen() || last.Less(a) || b.Less(first) {
				continue
			}
			if !first.Less(a) && !b.Less(last) {
				inside++
				touched = true
				break
			}
			touched = true
		}
	}
	switch {
	case inside == len(nets):
		return takesAll
	case touched:
		return takesSome
	}
	return takesNone
}

// addressRange reads a, a/n or a-b.
func addressRange(text string) (first, last netip.Addr, ok bool) {
	if low, high, ranged := strings.Cut(text, "-"); ranged {
		a, err1 := netip.ParseAddr(low)
		b, err2 := netip.ParseAddr(high)
		return a.Unmap(), b.Unmap(), err1 == nil && err2 == nil
	}
	p, err := parseNetwork(text)
	if err != nil {
		return netip.Addr{}, netip.Addr{}, false
	}
	return p.Addr(), lastOf(p), true
}

// lastOf returns the last address of a network.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().AsSlice()
	for i := p.Bits(); i < 8*len(b); i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}
