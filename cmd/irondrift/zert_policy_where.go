package main

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect/zert"
)

// Conditions about who and where that the rules of a Policy Agent file have,
// asked of one session. Each takes the words behind its keyword.

func directionCondition(words []string) (func(*zert.Session) answer, error) {
	if len(words) == 0 {
		return nil, errors.New("has no value")
	}
	want := map[string]string{"inbound": "server", "outbound": "client", "both": ""}
	role, ok := want[strings.ToLower(words[0])]
	if !ok {
		return nil, fmt.Errorf("%q is not Inbound, Outbound or Both", words[0])
	}
	return func(s *zert.Session) answer {
		switch {
		case role == "" || s.Role == role:
			return matchYes
		case s.Role == "server" || s.Role == "client":
			return matchNo
		}
		return matchMaybe
	}, nil
}

// maskCondition compares a job name or user id, which may end with an asterisk.
func maskCondition(words []string, field string) (func(*zert.Session) answer, error) {
	if len(words) == 0 {
		return nil, errors.New("has no value")
	}
	prefix, wild := strings.CutSuffix(words[0], "*")
	return func(s *zert.Session) answer {
		name := s.Job
		if field == "user" {
			name = s.User
		}
		switch {
		case wild && prefix == "":
			return matchYes
		case name == "" || name == "*FTPUSR*":
			return matchMaybe
		case strings.EqualFold(name, prefix) || wild && len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix):
			return matchYes
		}
		return matchNo
	}, nil
}

// addressCondition compares one end with an address, a/n, a-b or All.
func addressCondition(words []string, local bool) (func(*zert.Session) answer, error) {
	text := strings.Join(words, "")
	if strings.EqualFold(text, "all") {
		return func(*zert.Session) answer { return matchYes }, nil
	}
	var in func(netip.Addr) bool
	low, high, ranged := strings.Cut(text, "-")
	prefix, isPrefix := netip.ParsePrefix(text)
	first, err := netip.ParseAddr(low)
	last, err2 := first, error(nil)
	if ranged {
		last, err2 = netip.ParseAddr(high)
	}
	switch {
	case isPrefix == nil:
		in = prefix.Contains
	case err == nil && err2 == nil:
		in = func(a netip.Addr) bool { return a.BitLen() == first.BitLen() && !a.Less(first) && !last.Less(a) }
	default:
		return nil, fmt.Errorf("%q is not an address, address/bits, address-address or All", text)
	}
	return func(s *zert.Session) answer {
		here, there := s.Server, s.Client
		switch s.Role {
		case "client":
			here, there = there, here
		case "server":
		default: // which end is local is not known
			if in(here) == in(there) {
				return yesNo(in(here))
			}
			return matchMaybe
		}
		if local {
			return yesNo(in(here))
		}
		return yesNo(in(there))
	}, nil
}

func yesNo(yes bool) answer {
	if yes {
		return matchYes
	}
	return matchNo
}

// portCondition compares the port of one end with n, n m or n-m; 0 is any. Of a
// client a summary record does not hold the port.
func portCondition(words []string, local bool) (func(*zert.Session) answer, error) {
	ends := strings.FieldsFunc(strings.Join(words, " "), func(r rune) bool { return r == ' ' || r == '-' || r == ':' })
	var n [2]int
	for i, text := range ends {
		v, err := strconv.Atoi(text)
		if err != nil || v < 0 || v > 65535 || i > 1 {
			return nil, fmt.Errorf("%q is not a port or a range of ports", strings.Join(words, " "))
		}
		n[i] = v
	}
	switch {
	case len(ends) == 0:
		return nil, errors.New("has no value")
	case strings.HasSuffix(words[len(words)-1], "-") || strings.HasSuffix(words[len(words)-1], ":"):
		return nil, fmt.Errorf("%q is a range without an end", strings.Join(words, " "))
	case len(ends) == 1:
		n[1] = n[0]
	}
	if n[1] < n[0] {
		return nil, fmt.Errorf("%q is a range that ends before it begins", strings.Join(words, " "))
	}
	return func(s *zert.Session) answer {
		servers := local && s.Role == "server" || !local && s.Role == "client"
		switch {
		case n[1] == 0 || n[0] <= 1 && n[1] == 65535:
			return matchYes
		case !servers:
			return matchMaybe
		case n[0] <= s.Port && s.LastPort <= n[1]:
			return matchYes
		case s.Port > n[1] || s.LastPort < n[0]:
			return matchNo
		}
		return matchMaybe
	}, nil
}
