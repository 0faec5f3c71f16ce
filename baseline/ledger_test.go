package baseline

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/irondrift/irondrift/collect"
)

var update = flag.Bool("update", false, "write the golden files again")

// The tree that grows at its end is the tree of RFC 6962: the test vector of
// certificate transparency's empty tree, and the library's own way to the root.
func TestTree(t *testing.T) {
	if got, want := (tree{}).head().String(), "irondrift-head 0 sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; got != want {
		t.Errorf("empty tree: %s, want %s", got, want)
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range at {
			out = append(out, stored[i])
		}
		return out, nil
	})
	grown := tree{}
	for n := range int64(200) {
		record := fmt.Appendf(nil, "record %d", n)
		hashes, err := tlog.StoredHashes(n, record, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		want, err := tlog.TreeHash(n+1, reader)
		if err != nil {
			t.Fatal(err)
		}
		before := grown.head()
		next := grown.add(record)
		if got := next.head(); got.Size != n+1 || got.Hash != want {
			t.Fatalf("%d records: head %s, want %s", n+1, got, want)
		}
		if grown.head() != before {
			t.Fatal("adding a record changed the tree before it")
		}
		grown = next
	}
}

func TestParseHead(t *testing.T) {
	h := tree{}.add([]byte("a")).add([]byte("b")).head()
	if got, err := ParseHead(" " + h.String() + "\n"); err != nil || got != h {
		t.Errorf("%v, %v", got, err)
	}
	digest := strings.Repeat("ab", 32)
	for _, bad := range []string{"", "irondrift-head", "irondrift-head 1 " + digest, "irondrift-head -1 sha256:" + digest, "irondrift-head 1 sha256:" + digest[1:],
		"irondrift-head 1 sha256:" + strings.ToUpper(digest), "other-head 1 sha256:" + digest, "irondrift-head 1 sha256:" + digest + " x"} {
		if _, err := ParseHead(bad); err == nil || collect.HintOf(err) == "" {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

// The layout of a store is a promise: this is every file of the small one, and
// the ledger to the byte.
func TestGoldenStore(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, keyName), []byte(strings.Repeat("0123456789abcdef", 4)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := scenario(dir, func(string) {}); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for _, file := range filesOf(t, dir) {
		st, err := os.Lstat(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		up, err := os.Lstat(filepath.Dir(filepath.Join(dir, file)))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%04o %04o %s\n", up.Mode().Perm(), st.Mode().Perm(), file)
		if strings.HasPrefix(file, objectsDir) {
			continue // how well it compresses is not promised
		}
		b, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		got.Write(b)
	}
	golden := filepath.Join("testdata", "store.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the store is\n%s\nwant\n%s", got.Bytes(), want)
	}
}

func TestOpenAndCreate(t *testing.T) {
	if _, err := Open(t.TempDir(), clock()); !errors.Is(err, ErrNoStore) || collect.HintOf(err) == "" {
		t.Errorf("opened an empty folder: %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "absent"), clock()); !errors.Is(err, ErrNoStore) {
		t.Errorf("opened nothing: %v", err)
	}
	if _, err := Verify(context.Background(), t.TempDir(), VerifyOptions{}); !errors.Is(err, ErrNoStore) {
		t.Errorf("verified an empty folder: %v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir, clock()); err == nil || !strings.Contains(err.Error(), "letter.txt") {
		t.Errorf("created in a folder with something in it: %v", err)
	}
	s := newStore(t)
	if _, err := Create(s.Dir(), clock()); err == nil || !strings.Contains(err.Error(), "there is a store already") {
		t.Errorf("created twice: %v", err)
	}
	if key := reopen(t, s).SecretKey(); len(key) != 32 || !bytes.Equal(key, s.SecretKey()) || bytes.Equal(key, newStore(t).SecretKey()) {
		t.Errorf("key %x", key)
	}
}

// Parts of one night, late and repeated: all are kept, and the right one counts.
func TestWhichPartCounts(t *testing.T) {
	s := newStore(t)
	in := func(state collect.State, value string) *collect.Part {
		return coveredPart(covered("zvm", state, ""), "zvm/user/A/machine: "+value)
	}
	counts := func(night, want string) {
		t.Helper()
		parts, err := s.PartsOf("SYS1", night)
		if err != nil || len(parts) != 1 {
			t.Fatal(parts, err)
		}
		if got := factsOf(t, parts[0]); got[0] != "zvm/user/A/machine: "+want {
			t.Errorf("night %s: %q counts, want %s", night, got, want)
		}
	}
	const night = "2026-11-19"
	put(t, s, night, in(collect.Partial, "P1"))
	counts(night, "P1")
	put(t, s, night, in(collect.Open, "O1"))
	counts(night, "O1")
	put(t, s, night, in(collect.Partial, "P2"))
	counts(night, "O1")
	put(t, s, night, in(collect.Complete, "C1"))
	put(t, s, night, in(collect.Open, "O2"))
	counts(night, "C1")
	last := put(t, s, night, in(collect.Complete, "C2"))
	put(t, s, night, in(collect.Partial, "P3"))
	counts(night, "C2")

	put(t, s, "2026-11-18", in(collect.Complete, "LATE"))
	if latest, ok := s.Latest("SYS1", "test"); !ok || latest != last {
		t.Errorf("latest %+v", latest)
	}
	before := s.Before("SYS1", "test", "2026-11-20")
	if len(before) != 2 || before[0] != last || before[1].Night != "2026-11-18" {
		t.Errorf("before the 20th: %+v", before)
	}
	if before := s.Before("SYS1", "test", night); len(before) != 1 || before[0].Night != "2026-11-18" {
		t.Errorf("before the 19th: %+v", before)
	}
	var states []collect.State
	for _, v := range s.Versions("SYS1", "test", night) {
		states = append(states, v.State)
	}
	want := []collect.State{collect.Complete, collect.Partial, collect.Open, collect.Complete, collect.Partial, collect.Open, collect.Partial}
	if !slices.Equal(states, want) {
		t.Errorf("versions %v, want %v", states, want)
	}
	head := s.Head()
	if again := put(t, s, night, in(collect.Complete, "C2")); again != last || s.Head() != head {
		t.Errorf("the same part was recorded again: %+v", again)
	}
	if got := s.Systems(); !slices.Equal(got, []string{"SYS1"}) || len(s.List()) != 8 {
		t.Errorf("systems %q, %d parts", got, len(s.List()))
	}
	if _, ok := s.Latest("SYS1", "other"); ok {
		t.Error("found a part of a source that has none")
	}
}

func TestPutPartRefuses(t *testing.T) {
	s := newStore(t)
	ctx := context.Background()
	lies := part("zvm/user/A/machine: XA")
	lies.FactsBlob = bytesOpener("zvm/user/A/machine: ESA\n")
	if _, err := s.PutPart(ctx, "2026-11-19", lies); err == nil || !strings.Contains(err.Error(), "its header says") {
		t.Errorf("facts that are not those of the header: %v", err)
	}
	if _, err := s.PutPart(ctx, "19.11.2026", part()); err == nil || !strings.Contains(err.Error(), "is not a date") {
		t.Errorf("night: %v", err)
	}
	if s.Head().Size != 1 {
		t.Errorf("head %s", s.Head())
	}
}

// An unchanged night adds a header and a record, nothing else.
func TestUnchangedNightCostsLittle(t *testing.T) {
	s := newStore(t)
	var lines []string
	for i := range 20_000 {
		lines = append(lines, fmt.Sprintf("zvm/user/U%05d/machine: XA", i))
	}
	size := func() (n int64) {
		for _, f := range filesOf(t, s.Dir()) {
			st, err := os.Lstat(filepath.Join(s.Dir(), f))
			if err != nil {
				t.Fatal(err)
			}
			n += st.Size()
		}
		return n
	}
	put(t, s, "2026-11-18", part(lines...))
	before := size()
	put(t, s, "2026-11-19", part(lines...))
	if grown := size() - before; grown > 2000 {
		t.Errorf("an unchanged night costs %d bytes, the first one %d", grown, before)
	}
}

// FuzzRecord: what is read as a record is written as the same bytes.
func FuzzRecord(f *testing.F) {
	dir := f.TempDir()
	if err := scenario(dir, func(string) {}); err != nil {
		f.Fatal(err)
	}
	for n := int64(1); n <= 7; n++ {
		b, err := os.ReadFile(filepath.Join(dir, ledgerDir, recordFile(n)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[:bytes.LastIndex(b, []byte(digestMember))])
	}
	f.Add([]byte(`{"format":1,"number":2,"time":"2026-11-19T02:00:00Z","previous":"","tree":[],"kind":"x","payload":{"a":"<"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		decodeRecord(b)
		sealed := append(append([]byte(nil), b...), digestMember...)
		sealed = append(append(sealed, recordDigest(b)...), "\"}\n"...)
		r, err := decodeRecord(sealed)
		if err != nil {
			return
		}
		again, err := r.encode()
		if err != nil || !bytes.Equal(again, sealed) {
			t.Fatalf("read %q, wrote %q, error %v", sealed, again, err)
		}
		if take, err := (&fold{}).apply(r); err == nil {
			take()
		}
	})
}
