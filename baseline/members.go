package baseline

import (
	"fmt"
	"slices"

	"github.com/r3labs/diff/v3"

	"github.com/irondrift/irondrift/collect"
)

// members returns what came and went between two sets, or two lists, sorted.
// An item that a list holds several times is named as often as its count
// changed; items that only moved are not named.
//
// The library compares maps of counts, because what it does with other shapes
// would mislead: it never reports a change between maps with empty values,
// calls an item that was replaced by another one an update, and treats the
// keys of nested maps as patterns, which names of generic profiles are. Its
// order is that of a Go map, so the result is sorted here.
func members(old, new collect.Value) (added, removed []string, err error) {
	changes, err := diff.Diff(count(old.Items()), count(new.Items()))
	if err != nil {
		return nil, nil, fmt.Errorf("comparing members: %w", err)
	}
	for _, c := range changes {
		if len(c.Path) != 1 {
			return nil, nil, fmt.Errorf("internal error: comparing members: path %q", c.Path)
		}
		from, _ := c.From.(int)
		to, _ := c.To.(int)
		for range to - from {
			added = append(added, c.Path[0])
		}
		for range from - to {
			removed = append(removed, c.Path[0])
		}
	}
	slices.Sort(added)
	slices.Sort(removed)
	return added, removed, nil
}

func count(items []string) map[string]int {
	m := make(map[string]int, len(items))
	for _, s := range items {
		m[s]++
	}
	return m
}
