package baseline

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// smallStore has one record of each kind; its folder is returned.
func smallStore(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := scenario(dir, func(string) {}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// filesOf returns the files below dir, sorted, with slashes.
func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// what returns how a report calls a file of the store.
func what(file string) string {
	dir, name := filepath.Split(file)
	switch {
	case strings.HasPrefix(dir, "ledger"):
		return "ledger record " + strings.TrimLeft(strings.TrimSuffix(name, ".json"), "0")
	case strings.HasPrefix(dir, "objects"):
		return "object sha256:" + name
	}
	return name
}

func verifyDir(t *testing.T, dir string, head *Head) *VerifyReport {
	t.Helper()
	r, err := Verify(context.Background(), dir, VerifyOptions{Head: head})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// One bit is flipped in each byte of each file: the report names that file
// first.
func TestVerifyFindsEveryFlippedByte(t *testing.T) {
	t.Parallel()
	dir := smallStore(t)
	if r := verifyDir(t, dir, nil); !r.OK() || len(r.Notes) > 0 || r.Records != 7 {
		t.Fatalf("%+v", r)
	}
	total := 0
	for _, file := range filesOf(t, dir) {
		path := filepath.Join(dir, file)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b {
			if testing.Short() && i%7 != 0 {
				continue
			}
			total++
			b[i] ^= 1 << (i % 8)
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if r := verifyDir(t, dir, nil); r.OK() || r.Problems[0].What != what(file) {
				t.Errorf("%s, byte %d of %d: %v", file, i, len(b), r.Problems)
			}
			b[i] ^= 1 << (i % 8)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d bytes", total)
	if r := verifyDir(t, dir, nil); !r.OK() {
		t.Fatalf("the test did not restore the store: %+v", r)
	}
}

func TestVerifyFindsDeletedFiles(t *testing.T) {
	dir := smallStore(t)
	head := verifyDir(t, dir, nil).Head
	files := filesOf(t, dir)
	for _, file := range files {
		path := filepath.Join(dir, file)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		last := file == "ledger/000000000007.json"
		if r := verifyDir(t, dir, &head); r.OK() || r.Problems[0].What != what(file) || !strings.Contains(r.Problems[0].Why, "missing") && !strings.Contains(r.Problems[0].Why, "no such file") {
			t.Errorf("%s deleted: %v", file, r.Problems)
		}
		if r := verifyDir(t, dir, nil); r.OK() != last {
			t.Errorf("%s deleted, no head given: %v", file, r.Problems)
		}
		if _, err := Open(dir, clock()); strings.HasPrefix(file, "ledger/") && !last && !errors.Is(err, ErrStore) {
			t.Errorf("%s deleted: opened with error %v", file, err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// reseal writes record n again with some bytes replaced and a digest that fits.
func reseal(t *testing.T, dir string, n int64, old, new string) {
	t.Helper()
	path := filepath.Join(dir, ledgerDir, recordFile(n))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := decodeRecord(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(r.Payload, []byte(old)) {
		t.Fatalf("record %d does not hold %q: %s", n, old, r.Payload)
	}
	r.Payload = bytes.Replace(r.Payload, []byte(old), []byte(new), 1)
	if b, err = r.encode(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyFindsForgedRecords(t *testing.T) {
	t.Run("in the middle", func(t *testing.T) {
		dir := smallStore(t)
		reseal(t, dir, 3, `"by":"kim"`, `"by":"lee"`)
		r := verifyDir(t, dir, nil)
		if r.OK() || r.Problems[0].What != "ledger record 4" || !strings.Contains(r.Problems[0].Why, "the chain is broken") {
			t.Errorf("%v", r.Problems)
		}
	})
	t.Run("the newest", func(t *testing.T) {
		dir := smallStore(t)
		head := verifyDir(t, dir, nil).Head
		reseal(t, dir, 7, `"changed":1`, `"changed":0`)
		if r := verifyDir(t, dir, nil); !r.OK() {
			t.Errorf("nothing can tell without a head: %v", r.Problems)
		}
		if r := verifyDir(t, dir, &head); r.OK() || !strings.Contains(r.Problems[0].String(), "ledger: the first 7 records are not those") {
			t.Errorf("%v", r.Problems)
		}
	})
	t.Run("with another tree", func(t *testing.T) {
		dir := smallStore(t)
		path := filepath.Join(dir, ledgerDir, recordFile(7))
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := decodeRecord(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, tree := range [][]string{{r.Tree[1], r.Tree[0]}, r.Tree[:1]} {
			forged := *r
			forged.Tree = tree
			if b, err = forged.encode(); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			got := verifyDir(t, dir, nil)
			if got.OK() || got.Problems[0].What != "ledger record 7" || !strings.Contains(got.Problems[0].Why, "the tree is broken") {
				t.Errorf("%v", got.Problems)
			}
		}
	})
	t.Run("behind an older head", func(t *testing.T) {
		dir := smallStore(t)
		s, err := Open(dir, clock())
		if err != nil {
			t.Fatal(err)
		}
		head := s.Head()
		if err := manyParts(s, "SYS1", 3); err != nil {
			t.Fatal(err)
		}
		if r := verifyDir(t, dir, &head); !r.OK() || r.Head.Size != 10 {
			t.Errorf("head %s, %v", r.Head, r.Problems)
		}
	})
}

func TestVerifyNotes(t *testing.T) {
	dir := smallStore(t)
	for file, content := range map[string]string{
		"tmp/123.tmp": "half", "ledger/000000000008.json.bak": "x", "notes.txt": "x",
		"objects/ab/cd": "x", "ledger/8.json": "{}",
	} {
		os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o700)
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(dir, clock())
	if err != nil {
		t.Fatal(err)
	}
	orphan, err := s.putBytes([]byte("nothing refers to this"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, keyName), 0o644); err != nil {
		t.Fatal(err)
	}
	r := verifyDir(t, dir, nil)
	if !r.OK() {
		t.Errorf("problems %v", r.Problems)
	}
	notes := strings.Join(r.Notes, "\n")
	for _, want := range []string{
		"tmp/123.tmp: a temporary file", "ledger/000000000008.json.bak: is not a ledger record", "ledger/8.json: is not a ledger record",
		"notes.txt: is not a file of the store", "objects/ab/cd: is not an object", "object " + orphan + ": no record refers to it", "secret.key: mode 0644",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note %q in\n%s", want, notes)
		}
	}
}

// What is read through the store is checked on the way, without verify.
func TestReadingDamagedObjects(t *testing.T) {
	dir := smallStore(t)
	s, err := Open(dir, clock())
	if err != nil {
		t.Fatal(err)
	}
	stored, _ := s.Latest("SYS1", "test")
	path, err := objectPath(stored.Content)
	if err != nil {
		t.Fatal(err)
	}
	other, err := objectPath(s.List()[0].Content)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, other))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, path), b, 0o600); err != nil { // a sound object under another name
		t.Fatal(err)
	}
	p, err := s.OpenPart(stored)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Diff(context.Background(), p, p, DiffOptions{}, func(Change) error { return nil })
	if !errors.Is(err, ErrStore) || collect.HintOf(err) == "" {
		t.Errorf("error %v", err)
	}
	os.Remove(filepath.Join(dir, path))
	if _, err := p.Facts(); !errors.Is(err, ErrStore) {
		t.Errorf("error %v", err)
	}
	if r := verifyDir(t, dir, nil); r.OK() || r.Problems[0].String() != "object "+stored.Content+": is missing: the facts that ledger record 4 refers to" {
		t.Errorf("%v", r.Problems)
	}
}
