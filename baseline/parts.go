package baseline

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// StoredPart names a part in the store.
type StoredPart struct {
	System   string `json:"system"`
	Source   string `json:"source"`
	Platform string `json:"platform"`
	Night    string `json:"night"` // the date under which it counts, 2026-11-19
	// State is the weakest coverage of the part.
	State  collect.State  `json:"state"`
	Period collect.Period `json:"period"`
	Facts  int64          `json:"facts"`
	// Digests of the three objects; Provenance is empty for a part that was
	// read back from an export.
	Header     string `json:"header"`
	Content    string `json:"content"`
	Provenance string `json:"provenance,omitempty"`

	Record int64     `json:"-"` // number of the ledger record
	Stored time.Time `json:"-"`
}

func (p *StoredPart) check() error {
	if p.System == "" || p.Source == "" {
		return errors.New("a part lacks its system or source")
	}
	if _, err := time.Parse(time.DateOnly, p.Night); err != nil {
		return fmt.Errorf("night %q is not a date such as 2026-11-19", p.Night)
	}
	for _, d := range []string{p.Header, p.Content, p.Provenance} {
		if _, err := parseDigest(d); err != nil && d != "" {
			return err
		}
	}
	return nil
}

// headerLimit is larger than any header; warnings and coverage are bounded.
const headerLimit = 64 << 20

// PutPart stores one part, see [Store.PutParts].
func (s *Store) PutPart(ctx context.Context, night string, part *collect.Part) (StoredPart, error) {
	stored, err := s.PutParts(ctx, night, part)
	if err != nil {
		return StoredPart{}, err
	}
	return stored[0], nil
}

// PutParts stores parts under the date of their night and records them
// together. A part that the night holds already, to the last byte of its header,
// is not recorded again; every other one is kept beside the earlier ones.
func (s *Store) PutParts(ctx context.Context, night string, parts ...*collect.Part) ([]StoredPart, error) {
	stored := make([]StoredPart, len(parts))
	for i, p := range parts {
		var err error
		if stored[i], err = s.putPart(ctx, night, p); err != nil {
			return nil, fmt.Errorf("storing the part of system %s, source %s: %w", p.Header.System, p.Header.Source, err)
		}
	}
	errNothing := errors.New("nothing to record")
	_, err := s.append(kindParts, func() (any, error) {
		var fresh []StoredPart
		for _, p := range stored {
			if _, there := s.fold.find(p); !there {
				fresh = append(fresh, p)
			}
		}
		if len(fresh) == 0 {
			return nil, errNothing
		}
		return partsPayload{Parts: fresh}, nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, p := range stored {
		stored[i], _ = s.fold.find(p)
	}
	return stored, nil
}

func (s *Store) putPart(ctx context.Context, night string, p *collect.Part) (StoredPart, error) {
	h := p.Header
	out := StoredPart{
		System: h.System, Source: h.Source, Platform: h.Platform, Night: night, State: h.State(),
		Period: h.Period, Facts: h.Facts, Content: h.Content, Provenance: h.Provenance,
	}
	if err := out.check(); err != nil {
		return out, err
	}
	put := func(what string, open collect.Opener, want string) error {
		got, err := s.putBlob(ctx, open, want)
		if err == nil && got != want {
			err = fmt.Errorf("its %s have digest %s, but its header says %s", what, got, want)
		}
		return err
	}
	if err := put("facts", p.FactsBlob, h.Content); err != nil {
		return out, err
	}
	if p.ProvenanceBlob != nil && h.Provenance != "" {
		if err := put("provenance", p.ProvenanceBlob, h.Provenance); err != nil {
			return out, err
		}
	}
	header, err := json.Marshal(h)
	if err != nil {
		return out, err
	}
	out.Header, err = s.putBytes(header)
	return out, err
}

// putBlob stores a blob that should have the digest want. When there is such an
// object already, as in an unchanged night, the blob is only checked.
func (s *Store) putBlob(ctx context.Context, open collect.Opener, want string) (digest string, err error) {
	write := func(w io.Writer) error {
		r, err := open()
		if err != nil {
			return err
		}
		_, err = io.Copy(w, contextReader{ctx, r})
		return errors.Join(err, r.Close())
	}
	if !s.hasObject(want) {
		return s.putObject(write)
	}
	sum := sha256.New()
	err = write(sum)
	return digestName(sum.Sum(nil)), err
}

type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// OpenPart returns a stored part. Its facts and provenance are opened when they
// are read, and checked against their digests while they are.
func (s *Store) OpenPart(p StoredPart) (*collect.Part, error) {
	b, err := s.readObject(p.Header, headerLimit)
	if err != nil {
		return nil, err
	}
	part := &collect.Part{FactsBlob: s.opener(p.Content)}
	if err := json.Unmarshal(b, &part.Header); err != nil {
		return nil, s.damaged("object "+p.Header, fmt.Errorf("is not the header of a part: %w", err))
	}
	if p.Provenance != "" {
		part.ProvenanceBlob = s.opener(p.Provenance)
	}
	return part, nil
}

// List returns every stored part in the order in which they were recorded.
func (s *Store) List() []StoredPart {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.fold.parts)
}

// partsOf returns the stored parts of one system in the order of the ledger.
func (s *Store) partsOf(system string) []StoredPart {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]StoredPart, 0, len(s.fold.bySystem[system]))
	for _, i := range s.fold.bySystem[system] {
		out = append(out, s.fold.parts[i])
	}
	return out
}

// Systems returns the names of all systems with a stored part, sorted.
func (s *Store) Systems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.fold.bySystem))
}

// Nights returns the dates for which a system has a part, sorted.
func (s *Store) Nights(system string) []string {
	seen := map[string]bool{}
	for _, p := range s.partsOf(system) {
		seen[p.Night] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// Versions returns every part of a system and source for one night, the one
// that counts first, then the superseded ones from new to old.
func (s *Store) Versions(system, source, night string) []StoredPart {
	var out []StoredPart
	for _, p := range s.partsOf(system) {
		if p.Source == source && p.Night == night {
			out = append(out, p)
		}
	}
	slices.Reverse(out)
	best := 0
	for i, p := range out {
		if rank(p.State) < rank(out[best].State) {
			best = i
		}
	}
	if len(out) > 0 {
		counts := out[best]
		out = append([]StoredPart{counts}, slices.Delete(out, best, best+1)...)
	}
	return out
}

// rank orders states: of the parts of one night the newest complete one counts,
// else the newest open one, else the newest.
func rank(s collect.State) int {
	return slices.Index([]collect.State{collect.Complete, collect.Open, s}, s)
}

// Latest returns the part of a source that counts for the newest night that has
// one. A late part of an earlier night does not come before it.
func (s *Store) Latest(system, source string) (StoredPart, bool) {
	night := ""
	for _, p := range s.partsOf(system) {
		if p.Source == source && p.Night > night {
			night = p.Night
		}
	}
	if night == "" {
		return StoredPart{}, false
	}
	return s.Versions(system, source, night)[0], true
}

// Before returns, of each night before the given one, the part of a source that
// counts, newest night first.
func (s *Store) Before(system, source, night string) []StoredPart {
	counts := map[string]StoredPart{}
	for _, p := range s.partsOf(system) {
		if p.Source != source || p.Night >= night {
			continue
		}
		if best, there := counts[p.Night]; !there || rank(p.State) <= rank(best.State) {
			counts[p.Night] = p
		}
	}
	out := make([]StoredPart, 0, len(counts))
	for _, night := range slices.Backward(slices.Sorted(maps.Keys(counts))) {
		out = append(out, counts[night])
	}
	return out
}

// Repeats reports the earlier night that p was stored for already: the same facts
// of the same time, as its capture header or its records state it. So nothing new
// arrived for the night of p. Extracts that carry no time may well be the same
// every night.
func (s *Store) Repeats(p StoredPart) (night string, again bool) {
	return repeats(s.partsOf(p.System), p)
}

func repeats(parts []StoredPart, p StoredPart) (night string, again bool) {
	if p.Period.From != collect.FromCapture && p.Period.From != collect.FromRecords {
		return "", false
	}
	for _, q := range parts {
		if q.Source == p.Source && q.Night < p.Night && q.Period == p.Period && q.Content == p.Content && (!again || q.Night < night) {
			night, again = q.Night, true
		}
	}
	return night, again
}

// Counting returns the parts of a system that count for a night, sorted by
// source.
func (s *Store) Counting(system, night string) []StoredPart {
	sources := map[string]bool{}
	for _, p := range s.partsOf(system) {
		if p.Night == night {
			sources[p.Source] = true
		}
	}
	var out []StoredPart
	for _, source := range slices.Sorted(maps.Keys(sources)) {
		out = append(out, s.Versions(system, source, night)[0])
	}
	return out
}

// PartsOf opens the parts of a system that count for a night, sorted by source.
func (s *Store) PartsOf(system, night string) ([]*collect.Part, error) {
	var out []*collect.Part
	for _, p := range s.Counting(system, night) {
		part, err := s.OpenPart(p)
		if err != nil {
			return nil, err
		}
		out = append(out, part)
	}
	return out, nil
}
