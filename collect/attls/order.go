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

// findShadows numbers the rules in the order of search and finds those that no
// connection can reach because an earlier rule takes everything they could, and
// those of equal priority where one could take all that the other does, so that
// only the name decides.
//
// A rule is compared with every earlier one; the tests that fail most often come
// first, so that some thousands of rules take well under a second.
func findShadows(rules []*rule) {
	ordered := inOrder(rules)
	for i, b := range ordered {
		b.order = i + 1
		if !b.comparable() {
			continue
		}
		for _, a := range ordered[:i] {
			if !a.comparable() || !a.overlaps(b) {
				continue
			}
			inside := a.covers(b)
			if b.shadow == "" && !a.timed() && inside {
				b.shadow = a.name
			}
			if b.rival == "" && a.priority == b.priority && (inside || b.covers(a)) {
				b.rival = a.name
			}
		}
	}
}

// comparable reports whether every condition of the rule is known.
func (r *rule) comparable() bool {
	return r.doubt == "" && r.local.known && r.remote.known && !r.conditions["Direction"].value.IsUnknown() &&
		!r.conditions["Jobname"].value.IsUnknown() && !r.conditions["Userid"].value.IsUnknown() &&
		!r.conditions["Priority"].value.IsUnknown() && !r.conditions["IpTimeCondition"].value.IsUnknown()
}

// timed reports whether the rule is in force only at some times.
func (r *rule) timed() bool { return len(r.conditions["IpTimeCondition"].value.Items()) > 0 }

func (r *rule) text(key string) string { return r.conditions[key].value.Raw() }

// covers reports whether every connection that b takes would match a.
func (a *rule) covers(b *rule) bool {
	return (a.text("Direction") == "Both" || a.text("Direction") == b.text("Direction")) &&
		maskCovers(a.text("Jobname"), b.text("Jobname")) && maskCovers(a.text("Userid"), b.text("Userid")) &&
		portsCover(a.local.ports, b.local.ports) && portsCover(a.remote.ports, b.remote.ports) &&
		addrsCover(a.local.addrs, b.local.addrs) && addrsCover(a.remote.addrs, b.remote.addrs)
}

// overlaps reports whether some connection could match both.
func (a *rule) overlaps(b *rule) bool {
	return portsMeet(a.local.ports, b.local.ports) && portsMeet(a.remote.ports, b.remote.ports) &&
		(a.text("Direction") == "Both" || b.text("Direction") == "Both" || a.text("Direction") == b.text("Direction")) &&
		masksMeet(a.text("Jobname"), b.text("Jobname")) && masksMeet(a.text("Userid"), b.text("Userid")) &&
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
