package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// finish sums up what was read about the system.
func (b *inventoryBuilder) finish() *Inventory {
	b.platformLimits()
	for id, c := range b.counts {
		what := fmt.Sprintf("%d services", c.services)
		if c.services == 1 {
			what = c.first
		}
		text := id.text
		if strings.Contains(text, "%s") {
			text = fmt.Sprintf(strings.Replace(strings.ReplaceAll(strings.Replace(text, "%s", "\x00", 1), "%", "%%"), "\x00", "%s", 1), what)
		}
		b.limits[InventoryLimit{b.sys.ID, id.source, text}] = true
	}
	b.out.Limits = slices.Collect(maps.Keys(b.limits))
	s := InventorySystem{
		ID: b.sys.ID, Platform: b.sys.Platform, Strategy: b.site.Cryptography.Strategy, Trends: b.site.Cryptography.Trends,
		SeenFrom: slices.Sorted(maps.Keys(b.from[0])), DeclaredFrom: slices.Sorted(maps.Keys(b.from[1])), Gap: strings.Join(b.gaps, "; "),
	}
	if r, age := b.site.review(b.sys.ID); r != nil {
		own := *r
		s.Review, s.ReviewAge = &own, age
	}
	b.out.Systems = []InventorySystem{s}
	for i := range b.out.Assets {
		b.onSystem(&b.out.Assets[i])
	}
	b.out.notCompared()
	b.out.sort()
	return b.out
}

// platformLimits says which extracts are not there at all.
func (b *inventoryBuilder) platformLimits() {
	missing := func(prefix, text string) bool {
		for _, p := range b.parts {
			for _, c := range p.Header.Coverage {
				if string(c.Prefix) == prefix || strings.HasPrefix(string(c.Prefix), prefix+"/") {
					return false
				}
			}
		}
		b.limits[InventoryLimit{System: b.sys.ID, Text: text}] = true
		return true
	}
	switch b.sys.Platform {
	case "zos":
		if missing("zert", "there are no zERT records: what is used is not known") {
			b.gap("there are no zERT records")
		}
		missing("attls", "there is no AT-TLS policy: what is declared is not known")
	case "ibmi":
		if missing("ibmi/sk", "there are no socket entries of the audit journal: what is used is not known") {
			b.gap("there are no socket entries of the audit journal")
		}
		missing("ibmi/sysval", "there are no system values: what System TLS allows is not known")
	case "zvm":
		b.gap("no extract of z/VM shows what was used, only what is declared")
		if missing("zvm/tls", "there is no TCP/IP configuration: what is declared is not known") {
			b.gap("there is no TCP/IP configuration")
		}
		if b.enabled && !slices.ContainsFunc(b.out.Services, func(s InventoryService) bool { return s.Kind == kindServer }) {
			b.limits[InventoryLimit{System: b.sys.ID, Source: "zvm-tcpip", Text: "the profile names an SSL server, and no DTCPARMS file that defines it was read: what it offers is not known"}] = true
			b.gap("no DTCPARMS file that defines the SSL server was read")
		}
		b.limits[InventoryLimit{System: b.sys.ID, Text: "no extract of z/VM shows what was used, only what is declared"}] = true
	}
}

// onSystem sums up an asset of the system.
func (b *inventoryBuilder) onSystem(a *InventoryAsset) {
	s := AssetOnSystem{System: b.sys.ID, Sessions: -1, Connections: -1}
	seen := slices.ContainsFunc(a.Uses, func(u AssetUse) bool { return u.Seen })
	note := b.site.note(a.Kind, a.Name, b.sys.ID)
	s.Purpose, s.Owner, s.Action, s.Due = note.Purpose, note.Owner, note.Action, note.Due
	purposes, owners := map[string]bool{}, map[string]bool{}
	// Policy file and listing speak of one rule under one key.
	declared, asked := map[collect.Key]bool{}, map[collect.Key]bool{}
	for _, u := range a.Uses {
		svc := &b.out.Services[u.Service]
		if u.Declared && !declared[svc.Key] {
			declared[svc.Key] = true
			s.Declared++
		}
		if u.Seen {
			s.Seen++
			s.First, s.Last = span(s.First, s.Last, u.First, u.Last)
			s.Sessions, s.Connections = addKnown(s.Sessions, svc.Sessions), addKnown(s.Connections, svc.Connections)
		} else if seen {
			continue
		}
		purpose, owner := first(svc.Purpose, note.Purpose), first(svc.Owner, note.Owner)
		if !u.Seen && asked[svc.Key] {
			continue
		}
		asked[svc.Key] = true
		if purpose == "" {
			s.WithoutPurpose = append(s.WithoutPurpose, svc.Key)
		} else {
			purposes[purpose] = true
		}
		if owner == "" {
			s.WithoutOwner = append(s.WithoutOwner, svc.Key)
		} else {
			owners[owner] = true
		}
	}
	s.Purposes, s.Owners = slices.Sorted(maps.Keys(purposes)), slices.Sorted(maps.Keys(owners))
	s.Status = b.status(a, s.Seen, s.Declared)
	a.Systems = []AssetOnSystem{s}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// addKnown adds two numbers of which -1 is not known.
func addKnown(a, b int64) int64 {
	switch {
	case b < 0:
		return a
	case a < 0:
		return b
	}
	return a + b
}

// status compares what was seen with what is declared. That one of the two is
// missing is said only where it was read in full, and only of what both speak
// about under the same names: protocols, suites and groups of TLS.
func (b *inventoryBuilder) status(a *InventoryAsset, seen, declared int) AssetStatus {
	comparable := slices.Equal(a.Protocols, []string{"tls"})
	switch {
	case seen > 0 && declared > 0:
		return SeenAndDeclared
	case seen > 0 && comparable && b.states[a.Kind] == whole:
		return SeenNotDeclared
	case seen > 0:
		return SeenOnly
	case comparable && b.sees[a.Kind] == whole:
		return DeclaredNotSeen
	}
	return DeclaredOnly
}

// span widens a stretch of time by another; zero times are not known.
func span(first, last, f, l time.Time) (time.Time, time.Time) {
	if first.IsZero() || !f.IsZero() && f.Before(first) {
		first = f
	}
	if l.After(last) {
		last = l
	}
	return first, last
}
