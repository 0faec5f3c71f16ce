package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/rules"
)

// How much of the inventory the page shows; the CSV has everything.
const (
	htmlPlaces   = 12  // of one asset
	htmlSystems  = 20  // of one asset
	htmlPurposes = 4   // of one asset
	htmlAssets   = 300 // of one kind
)

type htmlCryptoSystem struct {
	*rules.InventorySystem
	Overdue    bool
	Since      string
	Limits     []rules.InventoryLimit
	LimitCount int64
}

type htmlCryptoKind struct {
	Title        string
	Count, More  int64
	Certificates bool
	Rows         []htmlAsset
}

type htmlAsset struct {
	*rules.InventoryAsset
	Badge           string
	RoleText        string
	Expired         bool
	Systems         []htmlAssetSystem
	MoreSystems     int64
	UseCount        int64
	Places          []htmlPlace
	MorePlaces      int64
	Purposes        []string
	Owners          []string
	Missing, Needed int64 // places in use without purpose, and all of them
	Actions         []string
	Unused          string // in place of a purpose, when it was not seen
}

type htmlAssetSystem struct {
	System  string
	Status  rules.AssetStatus
	Since   string // when it came after the last review
	Summary string
}

type htmlPlace struct{ Text, Use, Since string }

// badgeOf gives a class the look of a result; the word stands in the badge.
var badgeOf = map[string]string{
	rules.ClassInsecure: "FAIL", rules.ClassUnlisted: "REVIEW", rules.ClassWeak: "REVIEW",
	rules.ClassSecure: "PASS", rules.ClassRecommended: "PASS",
}

func (p *page) htmlCrypto() (systems []htmlCryptoSystem, kinds []htmlCryptoKind) {
	limits := map[string][]rules.InventoryLimit{}
	for _, l := range p.Inventory.Limits {
		limits[l.System] = append(limits[l.System], l)
	}
	for i := range p.Inventory.Systems {
		s := &p.Inventory.Systems[i]
		systems = append(systems, htmlCryptoSystem{
			InventorySystem: s, Overdue: s.Review != nil && s.ReviewAge > reviewDays, Since: p.sinceReview(s),
			Limits: limits[s.ID], LimitCount: int64(len(limits[s.ID])),
		})
	}
	for _, kind := range rules.AssetKinds {
		assets := p.assetsOf(kind)
		if len(assets) == 0 {
			continue
		}
		k := htmlCryptoKind{Title: capital(assetKindNames[kind][1]), Count: int64(len(assets)), Certificates: kind == rules.AssetCertificate}
		for i, a := range assets {
			if i == htmlAssets {
				k.More = int64(len(assets) - i)
				break
			}
			k.Rows = append(k.Rows, p.htmlAsset(a))
		}
		kinds = append(kinds, k)
	}
	return systems, kinds
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (p *page) htmlAsset(a *rules.InventoryAsset) htmlAsset {
	h := htmlAsset{InventoryAsset: a, Badge: badgeOf[a.Algorithm.Class], RoleText: strings.Join(a.Roles, ", "), UseCount: int64(len(a.Uses))}
	if a.Certificate != nil {
		end, err := time.Parse(time.RFC3339, a.Certificate.NotAfter)
		h.Expired = err == nil && end.Before(p.Generated)
	}
	for i := range a.Systems {
		s := &a.Systems[i]
		if i < htmlSystems {
			h.Systems = append(h.Systems, htmlAssetSystem{s.System, s.Status, cameSince(s.Since), seenSummary(s)})
		} else {
			h.MoreSystems++
		}
		if s.Seen > 0 {
			h.Needed += int64(s.Seen)
			h.Missing += int64(len(s.WithoutPurpose))
		}
		for _, t := range s.Purposes {
			if s.Seen > 0 && !slices.Contains(h.Purposes, t) {
				h.Purposes = append(h.Purposes, t)
			}
		}
		for _, t := range s.Owners {
			if s.Seen > 0 && !slices.Contains(h.Owners, t) {
				h.Owners = append(h.Owners, t)
			}
		}
		if s.Action != "" && i < htmlSystems {
			h.Actions = append(h.Actions, s.System+": "+actionText(s))
		}
	}
	h.Purposes, h.Owners = few(h.Purposes), few(h.Owners)
	if h.Needed == 0 {
		h.Unused = "not seen in use"
		if len(systemsWith(a, rules.DeclaredOnly)) > 0 {
			h.Unused = "whether it is used is not known"
		}
	}
	for i := range a.Uses {
		if i == htmlPlaces {
			h.MorePlaces = int64(len(a.Uses) - i)
			break
		}
		s := &p.Inventory.Services[a.Uses[i].Service]
		text := serviceText(s)
		if _, owner := purposeOf(s, onSystem(a, s.System)); owner != "" {
			text += ", " + owner
		}
		h.Places = append(h.Places, htmlPlace{text, useStatus(&a.Uses[i]), cameSince(a.Uses[i].Since)})
	}
	return h
}

// cameSince is what is marked: that nobody can have reviewed an entry.
func cameSince(s rules.ReviewStatus) string {
	if s.New() {
		return string(s)
	}
	return ""
}

// few cuts a list to what a cell can hold.
func few(list []string) []string {
	if n := len(list); n > htmlPurposes {
		return append(list[:htmlPurposes-1:htmlPurposes-1], fmt.Sprintf("and %d more", n-htmlPurposes+1))
	}
	return list
}

// seenSummary counts where and how often an asset was seen on a system.
func seenSummary(s *rules.AssetOnSystem) string {
	if s.Seen == 0 {
		return ""
	}
	out := plural(int64(s.Seen), "service", "services")
	if s.Connections >= 0 {
		out += ", " + plural(s.Connections, "connection", "connections")
	}
	if !s.First.IsZero() {
		out += ", " + s.First.UTC().Format(time.DateOnly)
		if end := s.Last.UTC().Format(time.DateOnly); !strings.HasSuffix(out, end) {
			out += " to " + end
		}
	}
	return out
}
