package rules

import (
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// A review of the inventory (PCI DSS 12.3.3) is about what was in it on that day.
// What came later nobody has looked at, and the evidence of that time tells it
// apart. That something was there does not show that it was reviewed: that is the
// site's word.

// ReviewStatus says whether an entry of the inventory was there at the last review.
type ReviewStatus string

// The statuses of an entry. Only the second says that the review can have been
// about it.
const (
	NotReviewed        ReviewStatus = "no review is stated"
	ThereAtReview      ReviewStatus = "there at the last review"
	SeenSinceReview    ReviewStatus = "first seen since the last review"
	DeclaredSince      ReviewStatus = "first declared since the last review"
	UnknownSinceReview ReviewStatus = "not known: no evidence from before the review"
)

// New reports whether the entry came after the review.
func (s ReviewStatus) New() bool { return s == SeenSinceReview || s == DeclaredSince }

// SinceReview says of every entry of the inventory of one system whether it was
// in was, the inventory of the evidence that is the last one before the review.
// Night is the date of that evidence. What was does not tell, because it rests on
// other sources, stays not known.
func (inv *Inventory) SinceReview(was *Inventory, night string) {
	if len(inv.Systems) != 1 || len(was.Systems) != 1 || inv.Systems[0].Review == nil {
		return
	}
	inv.Systems[0].ReviewNight = night
	type place struct {
		asset   assetID
		service collect.Key
	}
	// Of an asset, and of it at one service: true when it was seen, else it was
	// declared only.
	then := map[place]bool{}
	for i := range was.Assets {
		a := &was.Assets[i]
		for _, u := range a.Uses {
			for _, at := range []place{{a.id(), ""}, {a.id(), was.Services[u.Service].Key}} {
				then[at] = then[at] || u.Seen
			}
		}
	}
	status := func(at place, seen, told bool) ReviewStatus {
		wasSeen, there := then[at]
		switch {
		case there && (wasSeen || !seen):
			return ThereAtReview
		case !told:
			return UnknownSinceReview
		case seen:
			return SeenSinceReview
		}
		return DeclaredSince
	}
	for i := range inv.Assets {
		a := &inv.Assets[i]
		seen, toldSeen, toldDeclared := false, false, false
		for j := range a.Uses {
			u := &a.Uses[j]
			s := &inv.Services[u.Service]
			bySeen := slices.Contains(was.Systems[0].SeenFrom, s.Evidence.Source)
			told := bySeen || !u.Seen && slices.Contains(was.Systems[0].DeclaredFrom, s.Evidence.Source)
			u.Since = status(place{a.id(), s.Key}, u.Seen, told)
			seen = seen || u.Seen
			toldSeen, toldDeclared = toldSeen || u.Seen && told, toldDeclared || told
		}
		told := toldDeclared
		if seen {
			told = toldSeen
		}
		for j := range a.Systems {
			a.Systems[j].Since = status(place{a.id(), ""}, seen, told)
		}
	}
}

// notCompared is what is said of every entry until [Inventory.SinceReview] knows
// more.
func (inv *Inventory) notCompared() {
	status := UnknownSinceReview
	if inv.Systems[0].Review == nil {
		status = NotReviewed
	}
	for i := range inv.Assets {
		a := &inv.Assets[i]
		for j := range a.Uses {
			a.Uses[j].Since = status
		}
		for j := range a.Systems {
			a.Systems[j].Since = status
		}
	}
}
