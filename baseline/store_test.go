package baseline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// clock starts at a fixed time and moves on by a minute with each reading.
func clock() func() time.Time {
	t := time.Date(2026, 11, 19, 2, 0, 0, 0, time.UTC)
	return func() time.Time { t = t.Add(time.Minute); return t }
}

// part makes a part of source "test" of system SYS1 with complete coverage of
// zvm, from lines `key: value` in any order.
func part(lines ...string) *collect.Part {
	return coveredPart([]collect.Coverage{{Prefix: "zvm", State: collect.Complete}, {Prefix: "zert", State: collect.Complete}}, lines...)
}

func coveredPart(coverage []collect.Coverage, lines ...string) *collect.Part {
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b string) int {
		k, _, _ := collect.SplitLine([]byte(a))
		l, _, _ := collect.SplitLine([]byte(b))
		return bytes.Compare(k, l)
	})
	var facts, prov strings.Builder
	for i, l := range lines {
		facts.WriteString(l + "\n")
		k, _, _ := strings.Cut(l, ": ")
		fmt.Fprintf(&prov, "%s\t0:%d@%d\n", k, i+1, 80*i)
	}
	digest := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	open := func(s string) collect.Opener {
		return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
	}
	return &collect.Part{
		Header: collect.Header{
			System: "SYS1", SystemFrom: collect.FromCapture, Platform: "zvm", Source: "test", Schema: collect.SchemaVersion,
			Period: collect.Period{Start: "2026-11-19T02:05:00Z", End: "2026-11-19T02:05:00Z", From: collect.FromCapture},
			Facts:  int64(len(lines)), Coverage: coverage, Content: digest(facts.String()), Provenance: digest(prov.String()),
		},
		FactsBlob: open(facts.String()), ProvenanceBlob: open(prov.String()),
	}
}

// factsOf returns the lines of a part.
func factsOf(t *testing.T, p *collect.Part) []string {
	t.Helper()
	r, err := p.FactsBlob()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(b) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

func newStore(t *testing.T) *Store {
	t.Helper()
	s, err := Create(t.TempDir(), clock())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Store, night string, p *collect.Part) StoredPart {
	t.Helper()
	stored, err := s.PutPart(context.Background(), night, p)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func reopen(t *testing.T, s *Store) *Store {
	t.Helper()
	s, err := Open(s.Dir(), s.now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func verify(t *testing.T, s *Store) *VerifyReport {
	t.Helper()
	r, err := s.Verify(context.Background(), VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPartsComeBack(t *testing.T) {
	s := newStore(t)
	lines := []string{"zvm/user/A/machine: ESA", "zvm/user/B/machine: XA"}
	first := put(t, s, "2026-11-18", part(lines...))
	put(t, s, "2026-11-19", part("zvm/user/A/machine: ESA"))

	s = reopen(t, s)
	if got, want := s.Nights("SYS1"), []string{"2026-11-18", "2026-11-19"}; !slices.Equal(got, want) {
		t.Errorf("nights %q, want %q", got, want)
	}
	if first.Record != 2 || first.Stored.Format(time.DateTime) != "2026-11-19 02:02:00" {
		t.Errorf("stored as record %d at %s", first.Record, first.Stored)
	}
	parts, err := s.PartsOf("SYS1", "2026-11-18")
	if err != nil || len(parts) != 1 {
		t.Fatal(parts, err)
	}
	if got := factsOf(t, parts[0]); !slices.Equal(got, lines) {
		t.Errorf("facts %q, want %q", got, lines)
	}
	if err := parts[0].Check(context.Background()); err != nil {
		t.Error(err)
	}
	if h := parts[0].Header; h.System != "SYS1" || h.Coverage[0].State != collect.Complete || h.Facts != 2 {
		t.Errorf("header %+v", h)
	}
	if latest, ok := s.Latest("SYS1", "test"); !ok || latest.Night != "2026-11-19" || latest.Facts != 1 {
		t.Errorf("latest %+v", latest)
	}
	r := verify(t, s)
	if !r.OK() || len(r.Notes) > 0 || r.Records != 3 || r.Objects != 6 || r.Head != s.Head() {
		t.Errorf("report %+v", r)
	}
}

func TestApproveKeys(t *testing.T) {
	s := newStore(t)
	ctx := context.Background()
	base := put(t, s, "2026-11-18", part("zvm/user/A/machine: ESA", "zvm/user/B/machine: ESA", "zvm/user/C/machine: ESA"))
	req := ApproveRequest{Part: base, Reason: "first", By: "kim", ByFrom: "test", Findings: map[string]int64{"FAIL": 3}}
	if _, err := s.Approve(ctx, req); err != nil {
		t.Fatal(err)
	}
	next := put(t, s, "2026-11-19", part("zvm/user/A/machine: XA", "zvm/user/B/machine: XA", "zvm/user/D/machine: ESA"))
	p, err := ParsePattern("zvm/user/[BCD]/machine")
	if err != nil {
		t.Fatal(err)
	}
	req = ApproveRequest{Part: next, Reason: "second", By: "kim", ByFrom: "test", Select: SelectPatterns(p)}
	if _, err := s.Approve(ctx, req); err == nil {
		t.Error("brackets were taken for a pattern")
	}
	req.Select = SelectKeys("zvm/user/B/machine", "zvm/user/C/machine", "zvm/user/D/machine")
	a, err := s.Approve(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	if a.Count != 3 || !a.Unsigned() || a.Record != 5 || a.What != Keys {
		t.Errorf("approval %+v", a)
	}
	s = reopen(t, s)
	cur, found, err := s.Current("SYS1", "test")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	want := []string{"zvm/user/A/machine: ESA", "zvm/user/B/machine: XA", "zvm/user/D/machine: ESA"}
	if got := factsOf(t, cur); !slices.Equal(got, want) {
		t.Errorf("baseline %q, want %q", got, want)
	}
	if err := cur.Check(ctx); err != nil {
		t.Error(err)
	}
	if r := verify(t, s); !r.OK() || len(r.Notes) > 0 {
		t.Errorf("report %+v", r)
	}
}

func bytesOpener(s string) collect.Opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}
