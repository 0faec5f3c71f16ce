package attls

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// all stands for every address, and for every port.
const all = "All"

// addrRange is a range of addresses of one family, both ends included.
type addrRange struct{ from, to netip.Addr }

// portRange is a range of ports, both ends included.
type portRange struct{ from, to int }

// String returns the shortest way to write r: an address, a prefix when the
// range is one, else both ends.
func (r addrRange) String() string {
	if r.from == r.to {
		return r.from.String()
	}
	for bits := r.from.BitLen() - 1; bits >= 0; bits-- {
		p := netip.PrefixFrom(r.from, bits).Masked()
		if p.Addr() != r.from {
			break
		}
		if last(p) == r.to {
			return p.String()
		}
	}
	return r.from.String() + "-" + r.to.String()
}

func (r portRange) String() string {
	if r.from == r.to {
		return strconv.Itoa(r.from)
	}
	return strconv.Itoa(r.from) + "-" + strconv.Itoa(r.to)
}

// last returns the highest address of a prefix.
func last(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 1 << (7 - i%8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// parseAddrs reads an address, a prefix, a range with a dash, or All; nil means
// all. odd is why the text, though it can be read, is hardly what was meant.
// Errors do not repeat the text.
func parseAddrs(text string) (r *addrRange, odd string, err error) {
	if strings.EqualFold(text, all) {
		return nil, "", nil
	}
	if placeholder(text) {
		return nil, "", errors.New("a placeholder that was never filled in")
	}
	if p, err := netip.ParsePrefix(text); err == nil {
		return &addrRange{p.Masked().Addr(), last(p)}, "", nil
	}
	if from, to, ok := strings.Cut(text, "-"); ok {
		a, err1 := netip.ParseAddr(strings.TrimSpace(from))
		b, err2 := netip.ParseAddr(strings.TrimSpace(to))
		switch {
		case err1 != nil || err2 != nil || a.BitLen() != b.BitLen():
			return nil, "", errors.New("not a range of addresses")
		case b.Less(a):
			return nil, "", errors.New("a range whose ends are the wrong way round")
		}
		return &addrRange{a.Unmap(), b.Unmap()}, "", nil
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return &addrRange{a.Unmap(), a.Unmap()}, "", nil
	}
	// A bare number is taken as an address: 6793 became 0.0.26.137.
	if n, err := strconv.ParseUint(text, 10, 32); err == nil {
		a := netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
		return &addrRange{a, a}, "a bare number, taken as the address " + a.String(), nil
	}
	return nil, "", errors.New("not an address")
}

// parsePorts reads n, n-m, n:m or n m; nil means any port.
func parsePorts(words []string) (*portRange, error) {
	if len(words) == 0 {
		return nil, errors.New("no port")
	}
	text := words[0]
	if placeholder(text) {
		return nil, errors.New("a placeholder that was never filled in")
	}
	from, to, ranged := strings.Cut(text, "-")
	if !ranged {
		from, to, ranged = strings.Cut(text, ":")
	}
	if !ranged {
		to = from
		if len(words) > 1 {
			if _, err := strconv.Atoi(words[1]); err == nil {
				to = words[1]
			}
		}
	}
	a, err1 := strconv.Atoi(from)
	b, err2 := strconv.Atoi(to)
	switch {
	case err1 != nil || err2 != nil:
		return nil, errors.New("not a port")
	case a < 0 || b < 0 || a > 65535 || b > 65535:
		return nil, errors.New("a port above 65535")
	case b < a:
		return nil, errors.New("a range whose ends are the wrong way round")
	case a == 0 && (b == 0 || b == 65535), a == 1 && b == 65535:
		return nil, nil
	}
	return &portRange{a, b}, nil
}

// endpoint gathers the members of an address or port condition.
type endpoint struct {
	members []collect.Member
	addrs   []addrRange
	ports   []portRange
	every   bool
	odd     []string
	at      place
	via     []string
}

func (e *endpoint) addr(text string, at place) error {
	r, odd, err := parseAddrs(text)
	if err != nil {
		return err
	}
	if odd != "" {
		addLint(&e.odd, "%s", odd)
	}
	if r == nil {
		e.every = true
		return nil
	}
	e.addrs = append(e.addrs, *r)
	e.members = append(e.members, collect.Member{Text: r.String(), At: at.origin})
	return nil
}

func (e *endpoint) port(words []string, at place) error {
	r, err := parsePorts(words)
	if err != nil {
		return err
	}
	if r == nil {
		e.every = true
		return nil
	}
	e.ports = append(e.ports, *r)
	e.members = append(e.members, collect.Member{Text: r.String(), At: at.origin})
	return nil
}

// condition returns the set of what was gathered; All swallows the rest.
func (e *endpoint) condition() condition {
	c := condition{at: e.at, members: e.members, from: fmt.Sprintf("%s: %s", e.at, strings.Join(e.via, ", "))}
	if e.every {
		e.addrs, e.ports = nil, nil
		c.members = []collect.Member{{Text: all, At: e.at.origin}}
	}
	c.value = collect.SetEntry("", e.at.origin, c.members).Value
	return c
}

// sortAddrs and sortPorts order ranges and join those that touch, so that one
// range can be tested against the whole.
func sortAddrs(in []addrRange) []addrRange {
	slices.SortFunc(in, func(a, b addrRange) int {
		return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to))
	})
	var out []addrRange
	for _, r := range in {
		if n := len(out); n > 0 && out[n-1].from.BitLen() == r.from.BitLen() &&
			(!out[n-1].to.Less(r.from) || out[n-1].to.Next() == r.from) {
			if out[n-1].to.Less(r.to) {
				out[n-1].to = r.to
			}
			continue
		}
		out = append(out, r)
	}
	return out
}

func sortPorts(in []portRange) []portRange {
	slices.SortFunc(in, func(a, b portRange) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	var out []portRange
	for _, r := range in {
		if n := len(out); n > 0 && r.from <= out[n-1].to+1 {
			out[n-1].to = max(out[n-1].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return out
}
