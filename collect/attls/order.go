package attls

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// inOrder sorts rules the way connections are matched: highest priority first,
// then by name. The documentation says alphabetical and not in which code; the
// Policy Agent works in EBCDIC.
func inOrder(rules []*rule) []*rule {
	out := slices.Clone(rules)
	slices.SortStableFunc(out, func(a, b *rule) int {
		return cmp.Or(cmp.Compare(b.priority, a.priority), strings.Compare(ebcdicKey(a.name), ebcdicKey(b.name)), strings.Compare(a.name, b.name))
	})
	return out
}

// toEBCDIC is code page 1047 the other way round, for ASCII.
var toEBCDIC = sync.OnceValue(func() *[128]byte {
	page, err := ebcdic.Lookup("1047")
	if err != nil {
		panic("internal error: " + err.Error())
	}
	var t [128]byte
	for i := range 256 {
		if text := page.Append(nil, []byte{byte(i)}); len(text) == 1 && text[0] < 128 {
			t[text[0]] = byte(i)
		}
	}
	return &t
})

// ebcdicKey returns text that sorts as name does in code page 1047.
func ebcdicKey(name string) string {
	b := []byte(name)
	for i, c := range b {
		if c < 128 {
			b[i] = toEBCDIC()[c]
		}
	}
	return string(b)
}

// maxCompared is how many rules are compared with each other; no stack could
// search more of them for each connection.
const maxCompared = 20000

// findShadows numbers the rules in the order of search and finds those that no
// connection can reach because an earlier rule takes everything they could, and
// those of equal priority where one could take all that the other does, so that
// only the name decides.
//
// A rule is compared with every earlier one; the tests that fail most often come
// first, so that some thousands of rules take well under a second.
func findShadows(rules []*rule) {
	ordered := inOrder(rules)
	if len(ordered) > maxCompared {
		for i, r := range ordered {
			r.order = i + 1
		}
		return
	}
	matchers := make([]*matcher, 0, len(ordered))
	for i, r := range ordered {
		r.order = i + 1
		if m := newMatcher(r); m != nil {
			matchers = append(matchers, m)
		}
	}
	for i, b := range matchers {
		for _, a := range matchers[:i] {
			if !a.overlaps(b) {
				continue
			}
			inside := a.covers(b)
			if b.shadow == "" && !a.timed && inside {
				b.shadow = a.name
			}
			if b.rival == "" && a.priority == b.priority && (inside || b.covers(a)) {
				b.rival = a.name
			}
			if b.shadow != "" && b.rival != "" {
				break
			}
		}
	}
}

// matcher is a rule with what it matches at hand.
type matcher struct {
	*rule
	direction, job, user string
	timed                bool // in force only at some times
}

// newMatcher returns the matcher of a rule, nil when a condition is not known.
func newMatcher(r *rule) *matcher {
	if !r.comparable() {
		return nil
	}
	text := func(key string) string { return r.conditions[key].value.Raw() }
	return &matcher{r, text("Direction"), text("Jobname"), text("Userid"), len(r.conditions["IpTimeCondition"].value.Items()) > 0}
}

// comparable reports whether every condition of the rule is known.
func (r *rule) comparable() bool {
	if r.doubt != "" || !r.local.known || !r.remote.known {
		return false
	}
	for _, key := range []string{"Direction", "Jobname", "Userid", "Priority", "IpTimeCondition"} {
		if r.conditions[key].value.IsUnknown() {
			return false
		}
	}
	return true
}

// covers reports whether every connection that b takes would match a.
func (a *matcher) covers(b *matcher) bool {
	return (a.direction == "Both" || a.direction == b.direction) &&
		maskCovers(a.job, b.job) && maskCovers(a.user, b.user) &&
		portsCover(a.local.ports, b.local.ports) && portsCover(a.remote.ports, b.remote.ports) &&
		addrsCover(a.local.addrs, b.local.addrs) && addrsCover(a.remote.addrs, b.remote.addrs)
}

// overlaps reports whether some connection could match both.
func (a *matcher) overlaps(b *matcher) bool {
	return portsMeet(a.local.ports, b.local.ports) && portsMeet(a.remote.ports, b.remote.ports) &&
		(a.direction == "Both" || b.direction == "Both" || a.direction == b.direction) &&
		masksMeet(a.job, b.job) && masksMeet(a.user, b.user) &&
		addrsMeet(a.local.addrs, b.local.addrs) && addrsMeet(a.remote.addrs, b.remote.addrs)
}

// maskCovers reports whether every name that b matches is matched by a. A
// trailing asterisk stands for anything.
func maskCovers(a, b string) bool {
	prefix, wild := strings.CutSuffix(a, "*")
	if wild {
		return strings.HasPrefix(b, prefix)
	}
	return a == b
}

func masksMeet(a, b string) bool {
	pa, wa := strings.CutSuffix(a, "*")
	pb, wb := strings.CutSuffix(b, "*")
	switch {
	case wa && wb:
		return strings.HasPrefix(pa, pb) || strings.HasPrefix(pb, pa)
	case wa:
		return strings.HasPrefix(b, pa)
	case wb:
		return strings.HasPrefix(a, pb)
	}
	return a == b
}

// The ranges of a and b are sorted and joined; nil stands for everything.

func portsCover(a, b []portRange) bool {
	if a == nil {
		return true
	}
	return b != nil && !slices.ContainsFunc(b, func(x portRange) bool {
		return !slices.ContainsFunc(a, func(y portRange) bool { return y.from <= x.from && x.to <= y.to })
	})
}

func portsMeet(a, b []portRange) bool {
	return a == nil || b == nil || slices.ContainsFunc(b, func(x portRange) bool {
		return slices.ContainsFunc(a, func(y portRange) bool { return y.from <= x.to && x.from <= y.to })
	})
}

func addrsCover(a, b []addrRange) bool {
	if a == nil {
		return true
	}
	return b != nil && !slices.ContainsFunc(b, func(x addrRange) bool {
		return !slices.ContainsFunc(a, func(y addrRange) bool {
			return x.from.BitLen() == y.from.BitLen() && !x.from.Less(y.from) && !y.to.Less(x.to)
		})
	})
}

func addrsMeet(a, b []addrRange) bool {
	return a == nil || b == nil || slices.ContainsFunc(b, func(x addrRange) bool {
		return slices.ContainsFunc(a, func(y addrRange) bool {
			return x.from.BitLen() == y.from.BitLen() && !x.to.Less(y.from) && !y.to.Less(x.from)
		})
	})
}
