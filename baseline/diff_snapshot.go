package baseline

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// PartDiff says how the parts of one source compare.
type PartDiff struct {
	Source string
	// Old and New are nil when that side has no part of the source.
	Old, New *collect.Part
	Stats    DiffStats // zero unless there are both
}

// Unproven reports whether the older part was proved to be whole, by a capture
// header or the end of a dump, and the newer one is not. What is absent of it may
// have been cut off, and where only observed things are absent no change shows it.
func (d *PartDiff) Unproven() bool {
	return d.Old != nil && d.New != nil && d.Old.Header.State() == collect.Complete && d.New.Header.State() == collect.Open
}

// DiffParts pairs parts by source and compares each pair with [Diff]. A source
// that only one side has makes one NotCollected row: its keys were not removed,
// and a source without a baseline is not a flood of additions. Changes come
// source by source.
func DiffParts(ctx context.Context, old, new []*collect.Part, opts DiffOptions, yield func(Change) error) ([]PartDiff, error) {
	pairs := pairParts(old, new)
	for i := range pairs {
		p := &pairs[i]
		var err error
		switch {
		case p.New == nil:
			c := wholePart(p.Old, "no part of this source was collected")
			c.Lost, c.Uncovered = c.Keys, c.Keys
			err = yield(c)
		case p.Old == nil:
			err = yield(wholePart(p.New, "new source: no baseline yet"))
		default:
			p.Stats, err = Diff(ctx, p.Old, p.New, opts, yield)
		}
		if err != nil {
			return nil, err
		}
	}
	return pairs, nil
}

// wholePart is the row for a part that has nothing to be compared with.
func wholePart(p *collect.Part, reason string) Change {
	return Change{Op: NotCollected, Key: commonPrefix(p.Header.Coverage), Source: p.Header.Source, Keys: p.Header.Facts, Reason: reason}
}

// commonPrefix returns the segments that all prefixes share.
func commonPrefix(coverage []collect.Coverage) collect.Key {
	if len(coverage) == 0 {
		return ""
	}
	common := strings.Split(string(coverage[0].Prefix), "/")
	for _, c := range coverage[1:] {
		n := 0
		for i, s := range strings.Split(string(c.Prefix), "/") {
			if i == len(common) || s != common[i] {
				break
			}
			n++
		}
		common = common[:n]
	}
	return collect.Key(strings.Join(common, "/"))
}

// pairParts pairs parts by source, sorted. When a side has several parts of one
// source they are paired in the order given.
func pairParts(old, new []*collect.Part) []PartDiff {
	var pairs []PartDiff
	for _, p := range old {
		pairs = append(pairs, PartDiff{Source: p.Header.Source, Old: p})
	}
	for _, p := range new {
		i := slices.IndexFunc(pairs, func(q PartDiff) bool { return q.Source == p.Header.Source && q.New == nil })
		if i < 0 {
			pairs = append(pairs, PartDiff{Source: p.Header.Source, New: p})
			continue
		}
		pairs[i].New = p
	}
	slices.SortStableFunc(pairs, func(a, b PartDiff) int { return cmp.Compare(a.Source, b.Source) })
	return pairs
}
