package main

import (
	"context"
	"slices"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

// movesBetween finds the services that moved between stacks from old to now. Two
// snapshots are of one system, which shows that a service came or went; with both
// in the store, the other systems there show where from or where to.
func (a *app) movesBetween(ctx context.Context, oldArg, newArg string, old, now *collect.Snapshot) (*baseline.Moves, error) {
	moves := &baseline.Moves{}
	compare := func(old, now []*collect.Part) error {
		old, now = zertParts(old), zertParts(now)
		if len(old) == 0 || len(now) == 0 {
			return nil
		}
		_, err := baseline.DiffParts(ctx, old, now, baseline.DiffOptions{Now: a.now()}, func(c baseline.Change) error {
			moves.Add(&c)
			return nil
		})
		return err
	}
	if err := compare(pairExports(old, now), pairExports(now, old)); err != nil || !moves.Any() {
		return moves, err
	}
	system, from, ok := storeArgument(oldArg)
	same, to, ok2 := storeArgument(newArg)
	if !ok || !ok2 || system != same {
		return moves, nil
	}
	store, system, err := a.storeOf(system)
	if err != nil {
		return nil, err
	}
	// The newest night of this system is the one to ask the others about.
	nights := store.Nights(system)
	at := func(other, what string) ([]*collect.Part, error) {
		if what == "latest" {
			what = nights[len(nights)-1]
		}
		if what != "baseline" && !slices.Contains(store.Nights(other), what) {
			return nil, nil
		}
		return partsAt(store, other, what)
	}
	for _, other := range store.Systems() {
		if other == system {
			continue
		}
		old, err := at(other, from)
		if err == nil {
			var now []*collect.Part
			if now, err = at(other, to); err == nil {
				err = compare(old, now)
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // what is wrong there is no matter of this comparison
			a.note("irondrift: note: whether services moved to or from %s is not known: %v", other, err)
		}
	}
	return moves, nil
}

// zertParts are the parts that speak of zERT services.
func zertParts(parts []*collect.Part) []*collect.Part {
	return slices.DeleteFunc(slices.Clone(parts), func(p *collect.Part) bool {
		return !slices.ContainsFunc(p.Header.Coverage, func(c collect.Coverage) bool { return c.Prefix.Head(1) == "zert" })
	})
}
