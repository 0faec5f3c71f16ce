package baseline

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/irondrift/irondrift/collect"
)

// A baseline is the facts of the part that was approved whole, and an overlay:
// the keys that later approvals changed, in the form of facts, where an empty
// value means that the key is gone. Each approval writes a new overlay from the
// one before and its swaps, so that reading a baseline merges two streams,
// however many approvals made it.

// notRecomputed stands for derived keys of a baseline with an overlay: they
// were computed from the part as it was approved whole.
const notRecomputed = "?not recomputed since keys were approved one by one"

// Current returns the baseline of a source: what was approved, as a part. Its
// header and coverage are those of the part that was last approved whole, with
// the content digest of the baseline; when keys were approved since, it has no
// provenance, and its derived keys are unknown. Found is false when nothing was
// approved.
func (s *Store) Current(system, source string) (part *collect.Part, found bool, err error) {
	st, found := s.state(scope{system, source})
	if !found {
		return nil, false, nil
	}
	part, err = s.open(st)
	return part, err == nil, err
}

// Approved returns the stored part of a source that was last approved whole.
func (s *Store) Approved(system, source string) (StoredPart, bool) {
	st, found := s.state(scope{system, source})
	return st.part, found
}

func (s *Store) state(at scope) (baselineState, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.fold.baselines[at]
	if st == nil {
		return baselineState{}, false
	}
	return *st, true
}

func (s *Store) open(st baselineState) (*collect.Part, error) {
	part, err := s.OpenPart(st.part)
	if err != nil || st.overlay == "" {
		return part, err
	}
	part.Header.Content, part.Header.Facts = st.content, st.facts
	part.Header.Provenance, part.Header.Metrics, part.ProvenanceBlob = "", 0, nil
	part.FactsBlob = func() (io.ReadCloser, error) { return s.openOverlaid(st.part.Content, st.overlay) }
	return part, nil
}

// twoFacts walks facts and the overlay on them together.
type twoFacts struct {
	base, over         *collect.FactReader
	moreBase, moreOver bool
}

// openTwoFacts opens both; overlay may be empty.
func (s *Store) openTwoFacts(content, overlay string) (*twoFacts, error) {
	b, err := s.opener(content)()
	if err != nil {
		return nil, err
	}
	t := &twoFacts{base: collect.NewFactReader(b)}
	var o io.ReadCloser = io.NopCloser(bytes.NewReader(nil))
	if overlay != "" {
		if o, err = s.opener(overlay)(); err != nil {
			return nil, errors.Join(err, t.base.Close())
		}
	}
	t.over = collect.NewFactReader(o)
	t.moreBase, t.moreOver = t.base.Next(), t.over.Next()
	return t, errors.Join(t.base.Err(), t.over.Err())
}

func (t *twoFacts) close() error { return errors.Join(t.base.Close(), t.over.Close()) }

// peek returns the next key of either stream, its form in the baseline ("" when
// the overlay deletes it) and whether the overlay holds it.
func (t *twoFacts) peek() (key, form []byte, overlaid, ok bool) {
	switch {
	case !t.moreBase && !t.moreOver:
		return nil, nil, false, false
	case !t.moreOver || t.moreBase && bytes.Compare(t.base.Key(), t.over.Key()) < 0:
		return t.base.Key(), t.base.Form(), false, true
	}
	return t.over.Key(), t.over.Form(), true, true
}

// step moves past the key that peek returned.
func (t *twoFacts) step() error {
	order := 0
	switch {
	case !t.moreOver:
		order = -1
	case !t.moreBase:
		order = 1
	default:
		order = bytes.Compare(t.base.Key(), t.over.Key())
	}
	if order <= 0 {
		t.moreBase = t.base.Next()
	}
	if order >= 0 {
		t.moreOver = t.over.Next()
	}
	return errors.Join(t.base.Err(), t.over.Err())
}

// overlaid reads the facts of a baseline with an overlay, line by line.
type overlaid struct {
	t    *twoFacts
	line []byte
	rest []byte
	err  error
}

func (s *Store) openOverlaid(content, overlay string) (io.ReadCloser, error) {
	t, err := s.openTwoFacts(content, overlay)
	if err != nil {
		return nil, err
	}
	return &overlaid{t: t}, nil
}

// Read fills b as far as it can: the reader above it looks for line ends in
// large pieces.
func (o *overlaid) Read(b []byte) (n int, err error) {
	for n < len(b) {
		if len(o.rest) == 0 && !o.next() {
			if n > 0 {
				return n, nil
			}
			return 0, o.err
		}
		m := copy(b[n:], o.rest)
		o.rest = o.rest[m:]
		n += m
	}
	return n, nil
}

func (o *overlaid) next() bool {
	for o.err == nil {
		key, form, _, ok := o.t.peek()
		if !ok {
			o.err = io.EOF
			break
		}
		deleted := len(form) == 0
		if !deleted {
			k := collect.Key(key)
			if collect.Keys().Class(k) == collect.Derived {
				form = []byte(notRecomputed)
			}
			o.line = collect.AppendLine(o.line[:0], k, collect.Value{})
			o.line = append(append(o.line, form...), '\n')
			o.rest = o.line
		}
		o.err = o.t.step()
		if !deleted && o.err == nil {
			return true
		}
	}
	return false
}

func (o *overlaid) Close() error { return o.t.close() }

// overlay makes the overlay that a baseline has after swaps, which are checked
// against the values it has now.
func (s *Store) overlay(ctx context.Context, st baselineState, swaps string) (next baselineState, err error) {
	next = st
	next.overlay, err = s.putObject(func(w io.Writer) (err error) {
		t, err := s.openTwoFacts(st.part.Content, st.overlay)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, t.close()) }()
		sw, err := s.openSwaps(swaps)
		if err != nil {
			return err
		}
		defer sw.r.Close()
		if err := sw.next(); err != nil {
			return err
		}
		bw := bufio.NewWriter(w)
		var line []byte
		put := func(key collect.Key, form string) {
			line = collect.AppendLine(line[:0], key, collect.Value{})
			line = append(append(line, form...), '\n')
			bw.Write(line)
		}
		for n := 0; ; n++ {
			if n&0xFFF == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			key, form, over, ok := t.peek()
			if !ok && !sw.ok {
				return bw.Flush()
			}
			if sw.ok && (!ok || string(sw.cur.Key) <= string(key)) {
				here := ok && string(sw.cur.Key) == string(key)
				cur := ""
				if here {
					cur = string(form)
				}
				gets, err := sw.cur.apply(cur)
				if err != nil {
					return err
				}
				put(sw.cur.Key, gets)
				if err := sw.next(); err != nil {
					return err
				}
				if !here {
					continue
				}
			} else if over {
				put(collect.Key(key), string(form))
			}
			if err := t.step(); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return st, err
	}
	next.content, next.facts, err = s.contentOf(ctx, next)
	return next, err
}

// contentOf reads a baseline and returns its content digest and number of facts.
func (s *Store) contentOf(ctx context.Context, st baselineState) (digest string, facts int64, err error) {
	r, err := s.openOverlaid(st.part.Content, st.overlay)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	count := &lineCounter{}
	_, err = io.Copy(io.MultiWriter(sum, count), contextReader{ctx, r})
	if err := errors.Join(err, r.Close()); err != nil {
		return "", 0, fmt.Errorf("reading the baseline: %w", err)
	}
	return digestName(sum.Sum(nil)), count.n, nil
}

type lineCounter struct{ n int64 }

func (c *lineCounter) Write(b []byte) (int, error) {
	c.n += int64(bytes.Count(b, []byte{'\n'}))
	return len(b), nil
}
