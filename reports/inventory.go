package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// reviewDays is how long a review of the inventory counts: twelve months.
const reviewDays = 365

// assetKindNames are the headings of the kinds of assets.
var assetKindNames = map[rules.AssetKind][2]string{
	rules.AssetProtocol:    {"protocol", "protocols"},
	rules.AssetSuite:       {"cipher suite", "cipher suites"},
	rules.AssetAlgorithm:   {"algorithm", "algorithms"},
	rules.AssetGroup:       {"group", "groups"},
	rules.AssetKey:         {"type of key", "types of keys"},
	rules.AssetCertificate: {"certificate", "certificates"},
}

// assetsOf returns the assets of a kind, in order.
func (p *page) assetsOf(kind rules.AssetKind) []*rules.InventoryAsset {
	var out []*rules.InventoryAsset
	for i := range p.Inventory.Assets {
		if a := &p.Inventory.Assets[i]; a.Kind == kind {
			out = append(out, a)
		}
	}
	return out
}

// seenWith returns the assets of a class that were seen, as "TLSv1.0 (PRDA, PRDB)".
func (p *page) seenWith(class string) []string {
	var out []string
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		if a.Algorithm.Class != class || a.Kind == rules.AssetAlgorithm && slices.Equal(a.Protocols, []string{"tls"}) {
			continue // algorithms of TLS stand for their suites
		}
		if systems := systemsWith(a, rules.SeenAndDeclared, rules.SeenNotDeclared, rules.SeenOnly); len(systems) > 0 {
			out = append(out, a.Name+" ("+someOf(systems)+")")
		}
	}
	return out
}

// someOf joins a few names and counts the others.
func someOf(names []string) string {
	const most = 4
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

// systemsWith returns the systems on which an asset has one of the statuses.
func systemsWith(a *rules.InventoryAsset, statuses ...rules.AssetStatus) []string {
	var out []string
	for _, s := range a.Systems {
		if slices.Contains(statuses, s.Status) {
			out = append(out, s.System)
		}
	}
	return out
}

// onSystem returns what is summed up of an asset on a system.
func onSystem(a *rules.InventoryAsset, system string) *rules.AssetOnSystem {
	i, found := slices.BinarySearchFunc(a.Systems, system, func(s rules.AssetOnSystem, id string) int { return strings.Compare(s.System, id) })
	if !found {
		return &rules.AssetOnSystem{System: system}
	}
	return &a.Systems[i]
}

// purposeOf returns purpose and owner of a use: those of the service, else those
// of the asset.
func purposeOf(s *rules.InventoryService, on *rules.AssetOnSystem) (purpose, owner string) {
	purpose, owner = s.Purpose, s.Owner
	if purpose == "" {
		purpose = on.Purpose
	}
	if owner == "" {
		owner = on.Owner
	}
	return purpose, owner
}

// serviceText names a service in few words: "PRDA TN3270A server 992".
func serviceText(s *rules.InventoryService) string {
	parts := []string{s.System}
	switch {
	case s.Job != "" || s.Ports != "":
		for _, t := range []string{s.Job, s.Role, s.Ports} {
			if t != "" {
				parts = append(parts, t)
			}
		}
	default:
		key := string(s.Key)
		parts = append(parts, key[strings.LastIndexByte(key, '/')+1:])
	}
	return strings.Join(parts, " ")
}

// useStatus says how an asset stands at one service.
func useStatus(u *rules.AssetUse) string {
	switch {
	case u.Seen && u.Declared:
		return string(rules.SeenAndDeclared)
	case u.Seen:
		return "seen"
	}
	return "declared"
}

// moment prints a time; "" when it is not known.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// known prints a count; "" when it is not known.
func known(n int64) string {
	if n < 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// sinceReview says how much of the inventory of a system came after its review.
func (p *page) sinceReview(s *rules.InventorySystem) string {
	switch {
	case s.Review == nil:
		return "nothing of it is reviewed"
	case s.ReviewNight == "":
		return "what came since is not known: the store has no evidence from before it"
	}
	assets, places, unknown := p.newSince(s.ID)
	out := plural(int64(len(assets)), "asset", "assets") + " came since"
	if places > 0 {
		out += ", and others to " + plural(places, "place", "places")
	}
	out += "; compared with the evidence of " + s.ReviewNight
	if unknown > 0 {
		out += ", which does not tell of " + plural(unknown, "asset", "assets")
	}
	return out
}

// newSince returns the assets of a system that came after its review, and counts
// the places to which others came, and the assets of which it is not known.
func (p *page) newSince(system string) (assets []*rules.InventoryAsset, places, unknown int64) {
	at := map[collect.Key]bool{}
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		on := onSystem(a, system)
		switch {
		case on.Since.New():
			assets = append(assets, a)
			continue
		case on.Since == rules.UnknownSinceReview:
			unknown++
		}
		for _, u := range a.Uses {
			if s := &p.Inventory.Services[u.Service]; u.Since.New() && s.System == system {
				at[s.Key] = true
			}
		}
	}
	return assets, int64(len(at)), unknown
}

// reviewText says when the inventory of a system was reviewed.
func reviewText(s *rules.InventorySystem) string {
	if s.Review == nil {
		return "no review is stated"
	}
	out := s.Review.Date
	if s.Review.By != "" {
		out += " by " + s.Review.By
	}
	if s.Review.Ticket != "" {
		out += " (" + s.Review.Ticket + ")"
	}
	if s.ReviewAge > reviewDays {
		out += fmt.Sprintf("; %d days ago: overdue", s.ReviewAge)
	}
	return out
}
