package attls

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// connection is what a rule is matched with.
type sampleConnection struct {
	outbound      bool
	local, remote netip.AddrPort
	job, user     string
}

func takes(r *matcher, c sampleConnection) bool {
	in := func(s span, a netip.AddrPort) bool {
		addr := s.addrs == nil || slices.ContainsFunc(s.addrs, func(x addrRange) bool { return !a.Addr().Less(x.from) && !x.to.Less(a.Addr()) })
		port := s.ports == nil || slices.ContainsFunc(s.ports, func(x portRange) bool { return int(a.Port()) >= x.from && int(a.Port()) <= x.to })
		return addr && port
	}
	like := func(mask, name string) bool {
		prefix, wild := strings.CutSuffix(mask, "*")
		return name == mask || wild && strings.HasPrefix(name, prefix)
	}
	return (r.direction == "Both" || (r.direction == "Outbound") == c.outbound) && in(r.local, c.local) && in(r.remote, c.remote) &&
		like(r.job, c.job) && like(r.user, c.user)
}

// In a world of two jobs, two users, four ports and four addresses every
// connection can be tried: a rule that one of them reaches is not shadowed, and
// one that a single earlier rule keeps from all of them is.
func TestShadowsAgainstBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var world []sampleConnection
	for i := range 2 * 4 * 4 * 4 * 2 * 2 * 2 {
		at := func(n int) int { v := i % n; i /= n; return v }
		c := sampleConnection{outbound: at(2) == 1}
		c.local = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(at(4))}), uint16(1+at(4)))
		c.remote = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, 1, 0}), uint16(1+at(4)))
		c.job, c.user = []string{"JOBA", "JOBB"}[at(2)], []string{"U1", "U2"}[at(2)]
		world = append(world, c)
	}
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	for range 300 {
		var text strings.Builder
		for i := range 8 {
			fmt.Fprintf(&text, "TTLSRule r%d%s\n{\nDirection %s\nPriority %d\n", i, pick("a", "B", "_", "0"), pick("Inbound", "Outbound", "Both"), 1+rng.IntN(3))
			fmt.Fprintf(&text, "LocalPortRange %s\n", pick("0", "1", "1-2", "1-4", "2:3", "3 4", "4"))
			fmt.Fprintf(&text, "RemotePortRange %s\n", pick("0", "0", "0", "1-4", "2"))
			fmt.Fprintf(&text, "LocalAddr %s\n", pick("All", "10.0.0.0/30", "10.0.0.1", "10.0.0.0-10.0.0.2", "10.0.0.2/31"))
			fmt.Fprintf(&text, "Jobname %s\nUserid %s\n}\n", pick("*", "JOB*", "JOBA", "JOBB"), pick("*", "U*", "U1"))
		}
		f, err := readPolicy(t.Context(), collect.BytesFile("p", []byte(text.String())), &collect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := &stack{}
		build(s, []*policyFile{f}, nil)
		var rules []*matcher
		for _, r := range s.rules {
			rules = append(rules, newMatcher(r))
		}
		for _, b := range rules {
			reached, dead := false, false
			for _, c := range world {
				if !takes(b, c) {
					continue
				}
				first := b
				for _, a := range rules {
					if takes(a, c) && a.order < first.order {
						first = a
					}
				}
				reached = reached || first == b
			}
			for _, a := range rules {
				dead = dead || a.order < b.order && !slices.ContainsFunc(world, func(c sampleConnection) bool { return takes(b, c) && !takes(a, c) })
			}
			if reached && b.shadow != "" {
				t.Fatalf("%s is said to be shadowed by %s but is reached\n%s", b.name, b.shadow, &text)
			}
			// In this small world a range can be covered that is not covered in
			// the large one, so only the conditions themselves are the measure.
			covered := slices.ContainsFunc(rules, func(a *matcher) bool { return a.order < b.order && a.covers(b) })
			if covered != (b.shadow != "") || covered && !dead {
				t.Fatalf("%s: shadowed by %q, covered %v, dead %v\n%s", b.name, b.shadow, covered, dead, &text)
			}
		}
	}
}

// Names sort as in EBCDIC: signs, lower case, upper case, digits.
func TestOrderOfNames(t *testing.T) {
	var rules []*rule
	for _, n := range []string{"R1", "RA", "Ra", "R-", "R_", "R#", "R~"} {
		rules = append(rules, &rule{name: n, priority: 1})
	}
	rules = append(rules, &rule{name: "Z9", priority: 2})
	var got []string
	for _, r := range inOrder(rules) {
		got = append(got, r.name)
	}
	if want := []string{"Z9", "R-", "R_", "R#", "Ra", "R~", "RA", "R1"}; !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
}

func TestConditions(t *testing.T) {
	for text, want := range map[string]string{
		"10.1.1.2": "10.1.1.2", "10.1.1.2/24": "10.1.1.0/24", "10.0.0.0-10.255.255.255": "10.0.0.0/8", "10.0.0.1-10.0.0.2": "10.0.0.1-10.0.0.2",
		"2001:DB8::1": "2001:db8::1", "6793": "0.0.26.137", "2001:db8::-2001:db8::ffff": "2001:db8::/112",
		"10.0.0.9-10.0.0.1": "error", "10.0.0.1-2001::": "error", "?ip?": "error", "host.example": "error",
	} {
		got := "error"
		if r, _, err := parseAddrs(text); err == nil {
			got = r.String()
		}
		if got != want {
			t.Errorf("address %s is %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"443": "443", "1 5": "1-5", "1-5": "1-5", "1:5": "1-5", "0": "all", "1-65535": "all", "5-1": "error", "70000": "error", "$PORT": "error", "9999 # http": "9999",
	} {
		got := "error"
		if r, err := parsePorts(fields(text, nil)); err == nil && r == nil {
			got = "all"
		} else if err == nil {
			got = r.String()
		}
		if got != want {
			t.Errorf("port %s is %s, want %s", text, got, want)
		}
	}
}
