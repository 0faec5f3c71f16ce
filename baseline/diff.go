package baseline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// DiffOptions are what a diff is told beside the two parts.
type DiffOptions struct {
	Ignore []IgnoreRule
	// Now judges the expiry of ignore rules; it is needed when there are any.
	Now time.Time
}

// DiffStats counts what a diff saw.
type DiffStats struct {
	Same    int64 // keys with the same value on both sides
	Derived int64 // keys that differ but are never compared on their own
	// Changes counts the changes by kind, NotCollected rows once each.
	Changes map[Op]int64
	// NotCollected counts the keys that could not be compared.
	NotCollected int64
	Ignored      []IgnoreCount // one for each rule, in the order given
	// Digest identifies the changes, "sha256:...": an approval names it.
	Digest string
}

// Diff compares two parts of one source and calls yield with every change:
// first those of keys, in key order, then one NotCollected row for each prefix
// with keys that could not be compared, in prefix order. The facts are read
// once, as two sorted streams; memory grows with the number of prefixes only.
//
// What one side lacks counts as removed, or as not seen, only where the newer
// part proves it: its coverage is complete, or open and demonstrably read past
// the place. It counts as added where the older part is complete or open. A
// member missing from a set follows the same rule. An unknown value is never
// compared, and derived keys are not compared on their own.
func Diff(ctx context.Context, old, new *collect.Part, opts DiffOptions, yield func(Change) error) (stats DiffStats, err error) {
	ig, err := newIgnores(opts.Ignore, opts.Now)
	if err != nil {
		return DiffStats{}, err
	}
	d := &differ{
		ctx: ctx, old: old, new: new, yield: yield, ignores: ig, digest: sha256.New(),
		stats: DiffStats{Changes: map[Op]int64{}}, gaps: map[collect.Key]*gap{}, reached: map[collect.Key]bool{},
	}
	if d.a, err = openFactLines("older", old); err != nil {
		return DiffStats{}, err
	}
	defer func() { err = errors.Join(err, d.a.r.Close()) }()
	if d.b, err = openFactLines("newer", new); err != nil {
		return DiffStats{}, err
	}
	defer func() { err = errors.Join(err, d.b.r.Close()) }()
	if err := d.merge(); err != nil {
		return DiffStats{}, err
	}
	for _, prefix := range slices.Sorted(maps.Keys(d.gaps)) {
		g := d.gaps[prefix]
		if err := d.emit(Change{Op: NotCollected, Key: prefix, Keys: g.keys, Lost: g.lost, Uncovered: g.uncovered, Reason: g.reason()}); err != nil {
			return DiffStats{}, err
		}
		d.stats.NotCollected += g.keys
	}
	d.stats.Ignored = ig.counts
	d.stats.Digest = "sha256:" + hex.EncodeToString(d.digest.Sum(nil))
	return d.stats, nil
}

type differ struct {
	ctx      context.Context
	old, new *collect.Part
	a, b     *factLines
	yield    func(Change) error
	ignores  *ignores
	stats    DiffStats
	digest   hash.Hash
	scratch  []byte
	gaps     map[collect.Key]*gap
	reached  map[collect.Key]bool // see reachedPast
}

// merge walks both streams. The hot path is a line that stands on both sides.
func (d *differ) merge() error {
	a, b := d.a, d.b
	moreA, moreB := a.next(), b.next()
	same := moreA && moreB && bytes.Equal(a.line, b.line)
	splitA, splitB := false, false
	for n := 0; moreA || moreB; n++ {
		if n&0xFFF == 0 {
			if err := d.ctx.Err(); err != nil {
				return err
			}
		}
		if a.err != nil || b.err != nil {
			break
		}
		if moreA && !splitA && !a.split() || moreB && !splitB && !same && !b.split() {
			break
		}
		splitA, splitB = true, true
		if same {
			b.splitLike(a)
			if a.form[0] == '?' {
				if err := d.differ(); err != nil {
					return err
				}
			} else {
				d.stats.Same++
			}
			moreA = a.next()
			if moreA {
				same, moreB = b.nextLike(a)
			} else {
				same, moreB = false, b.next()
			}
			splitA, splitB = false, false
			continue
		}
		order := 0
		switch {
		case !moreA:
			order = 1
		case !moreB:
			order = -1
		default:
			order = bytes.Compare(a.key, b.key)
		}
		var err error
		switch {
		case order < 0:
			err = d.onlyOld()
			moreA, splitA = a.next(), false
		case order > 0:
			err = d.onlyNew()
			moreB, splitB = b.next(), false
		default:
			err = d.differ()
			moreA, moreB, splitA, splitB = a.next(), b.next(), false, false
		}
		if err != nil {
			return err
		}
		same = moreA && moreB && bytes.Equal(a.line, b.line)
	}
	return cmp.Or(a.err, b.err)
}

// compared reports whether differences of key are looked at.
func (d *differ) compared(key collect.Key) (collect.Class, bool) {
	class := collect.Keys().Class(key)
	if class == collect.Metric || class == collect.Derived {
		d.stats.Derived++
		return class, false
	}
	return class, !d.ignores.suppress(key)
}

func (d *differ) onlyOld() error {
	key, v, err := d.a.value()
	if err != nil {
		return err
	}
	class, ok := d.compared(key)
	if !ok {
		return nil
	}
	if v.IsUnknown() {
		d.gap(d.prefix(key, d.old, d.new), "not known in the older part: "+v.Raw(), notLost)
		return nil
	}
	if prefix, reason, proved := d.absentFromNew(key); !proved {
		d.gap(prefix, reason, uncovered)
		return nil
	}
	if class == collect.Observed {
		return d.emit(Change{Op: NotSeen, Key: key, Old: v, Class: class, Idle: d.idle(key)})
	}
	return d.emit(Change{Op: Removed, Key: key, Old: v, Class: class})
}

// idle reports whether the newer part has no key of the entity of a key that it
// lacks. The keys of an entity stand together, so one of them would be the last
// before the key or the first behind it.
func (d *differ) idle(key collect.Key) bool {
	entity, many := key.Entity()
	return many && !collect.Key(d.b.prev).Under(entity) && !collect.Key(d.b.key).Under(entity)
}

func (d *differ) onlyNew() error {
	key, v, err := d.b.value()
	if err != nil {
		return err
	}
	class, ok := d.compared(key)
	if !ok {
		return nil
	}
	if v.IsUnknown() {
		d.gap(d.prefix(key, d.new, d.old), "not known in the newer part: "+v.Raw(), notLost)
		return nil
	}
	if prefix, reason, proved := d.absentFromOld(key); !proved {
		d.gap(prefix, reason, notLost)
		return nil
	}
	return d.emit(Change{Op: Added, Key: key, New: v, Class: class})
}

// differ handles a key that both sides hold with different lines, or unknown.
func (d *differ) differ() error {
	key, old, err := d.a.value()
	if err != nil {
		return err
	}
	_, new, err := d.b.value()
	if err != nil {
		return err
	}
	class, ok := d.compared(key)
	if !ok {
		return nil
	}
	switch {
	case new.IsUnknown() && old.IsUnknown():
		d.gap(d.prefix(key, d.new, d.old), "not known on either side: "+new.Raw(), notLost)
		return nil
	case new.IsUnknown():
		d.gap(d.prefix(key, d.new, d.old), "not known in the newer part: "+new.Raw(), hidden)
		return nil
	case old.IsUnknown():
		d.gap(d.prefix(key, d.old, d.new), "not known in the older part: "+old.Raw(), notLost)
		return nil
	}
	c := Change{Op: Changed, Key: key, Old: old, New: new, Class: class}
	if old.Type() != new.Type() || old.Type() != collect.TypeSet && old.Type() != collect.TypeList {
		if old.Equal(new) { // written differently, or a set in another order
			d.stats.Same++
			return nil
		}
		return d.emit(c)
	}
	if c.Added, c.Removed, err = members(old, new); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	partly := false
	if len(c.Removed) > 0 {
		if prefix, reason, proved := d.missingFromNew(key); !proved {
			d.gap(prefix, reason, uncovered)
			c.Removed, c.Reason, partly = nil, reason, true
		}
	}
	if len(c.Added) > 0 {
		if prefix, reason, proved := d.absentFromOld(key); !proved {
			if !partly {
				d.gap(prefix, reason, notLost)
			}
			c.Added, c.Reason, partly = nil, reason, true
		}
	}
	switch none := len(c.Added) == 0 && len(c.Removed) == 0; {
	case none && (partly || old.Equal(new)):
		return nil
	case class == collect.Observed && len(c.Added) == 0 && len(c.Removed) > 0:
		c.Op = NotSeen
	}
	return d.emit(c)
}

func (d *differ) emit(c Change) error {
	c.Source = cmp.Or(d.new.Header.Source, d.old.Header.Source)
	d.stats.Changes[c.Op]++
	d.scratch = c.addTo(d.digest, d.scratch)
	return d.yield(c)
}

// gap collects what one NotCollected row says.
type gap struct {
	keys, lost, uncovered int64
	why                   reasons // of the keys that are not lost
	whyLost               reasons
}

// gapReasons is how many different reasons one row names.
const gapReasons = 3

// reasons are different ones, the first few in key order.
type reasons struct {
	list []string
	more bool
}

func (r *reasons) add(reason string) {
	switch {
	case slices.Contains(r.list, reason):
	case len(r.list) < gapReasons:
		r.list = append(r.list, reason)
	default:
		r.more = true
	}
}

// loss says what became of a key that cannot be compared.
type loss uint8

const (
	notLost   loss = iota // the older part did not know it either
	hidden                // known then, unknown now
	uncovered             // known then, not covered now
)

// gap counts a key under prefix that cannot be compared.
func (d *differ) gap(prefix collect.Key, reason string, l loss) {
	g := d.gaps[prefix]
	if g == nil {
		g = &gap{}
		d.gaps[prefix] = g
	}
	g.keys++
	if l == notLost {
		g.why.add(reason)
		return
	}
	g.lost++
	g.whyLost.add(reason)
	if l == uncovered {
		g.uncovered++
	}
}

// reason says why evidence got lost, if any did: that is what somebody has to
// act on.
func (g *gap) reason() string {
	r := g.why
	if g.lost > 0 {
		r = g.whyLost
	}
	s := strings.Join(r.list, "; ")
	if r.more {
		s += "; and other reasons"
	}
	return s
}
