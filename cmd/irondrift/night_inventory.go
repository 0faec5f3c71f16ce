package main

import (
	"context"
	"slices"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// reviewReach is how old evidence may be at a review to tell what was there.
const reviewReach = 31 * 24 * time.Hour

// sinceReview compares the cryptographic inventory of a system with that of the
// evidence which was there when it was last reviewed.
func (n *night) sinceReview(ctx context.Context, js *judgedSystem) error {
	review := js.inventory.Systems[0].Review
	if review == nil {
		return nil
	}
	then, last, err := n.evidenceUntil(js.cfg.ID, review.Date)
	if err != nil || len(then) == 0 {
		return err
	}
	was, err := n.engine.Inventory(ctx, n.cfg.judged(js.cfg), then)
	if err != nil {
		return err
	}
	js.inventory.SinceReview(was, last)
	return nil
}

// evidenceUntil returns of each source the newest part of a system that is no
// newer than a day, which the configuration checked, and the date of the last.
func (n *night) evidenceUntil(system, day string) (parts []*collect.Part, last string, err error) {
	end, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, "", err
	}
	oldest := end.Add(-reviewReach).Format(time.DateOnly)
	have := map[string]bool{}
	for _, night := range slices.Backward(n.store.Nights(system)) {
		if night > day {
			continue
		}
		if night < oldest {
			break
		}
		for _, stored := range n.store.Counting(system, night) {
			if have[stored.Source] {
				continue
			}
			have[stored.Source] = true
			p, err := n.store.OpenPart(stored)
			if err != nil {
				return nil, "", fromStore(err)
			}
			parts = append(parts, p)
			last = max(last, night)
		}
	}
	return parts, last, nil
}
