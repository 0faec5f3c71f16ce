package baseline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// VerifyOptions are what [Verify] is told.
type VerifyOptions struct {
	// Head, when set, is a head that was printed earlier: the store must hold
	// all records it had then, unchanged.
	Head *Head
	// Progress, when set, is told how many more bytes were read.
	Progress func(bytes int64)
}

// Problem is one thing that is wrong with a store.
type Problem struct {
	What string // "ledger record 7", "object sha256:...", a file name
	Why  string
}

func (p Problem) String() string { return p.What + ": " + p.Why }

// VerifyReport is what [Verify] found.
type VerifyReport struct {
	Records int64 // records read that are sound
	Objects int64 // objects read that are sound
	Bytes   int64
	Head    Head // of the sound records at the start of the ledger
	// Problems in the order ledger, objects, other files: the first one is the
	// first bad record if any record is bad. At most a thousand are kept.
	Problems []Problem
	More     int64    // problems beyond those
	Notes    []string // harmless: temporary files, objects nothing refers to
}

// OK reports whether nothing is wrong.
func (r *VerifyReport) OK() bool { return len(r.Problems) == 0 }

// maxProblems bounds what a report holds of a store that is all wrong.
const maxProblems = 1000

func (r *VerifyReport) problem(what, format string, args ...any) {
	if len(r.Problems) >= maxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{what, fmt.Sprintf(format, args...)})
}

func (r *VerifyReport) note(format string, args ...any) {
	if len(r.Notes) < maxProblems {
		r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
	}
}

// Verify reads every byte of the store in dir and says what is wrong with it:
// the numbers, digests, chain and tree of the ledger, the content of every
// object against its name, objects that records refer to and that are missing,
// baselines that are not what the ledger says, and, with a head, records that
// were there when the head was printed. The error is nil when the store could
// be read, sound or not.
//
// Nobody needs the store's key for it, and it changes nothing. Evidence that is
// recorded while it runs may be reported as an object nothing refers to.
func Verify(ctx context.Context, dir string, opts VerifyOptions) (*VerifyReport, error) {
	if opts.Progress == nil {
		opts.Progress = func(int64) {}
	}
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		if err == nil {
			err = errors.New("is not a folder")
		}
		return nil, &collect.Error{File: dir, Offset: -1, Err: unwrapPath(err), Advice: "name the folder of an evidence store"}
	}
	if err := findStore(dir); err != nil {
		return nil, err
	}
	v := &verifier{
		VerifyReport: &VerifyReport{}, ctx: ctx, opts: opts, refs: map[string]int64{}, bad: map[string]bool{},
		s: &Store{dir: dir, now: time.Now, dirty: map[string]bool{}, step: func(string) {}},
	}
	for _, pass := range []func() error{v.ledger, v.objects, v.references, v.baselines, v.files} {
		if err := pass(); err != nil {
			return nil, err
		}
	}
	return v.VerifyReport, nil
}

// Verify verifies the store, see the function of that name.
func (s *Store) Verify(ctx context.Context, opts VerifyOptions) (*VerifyReport, error) {
	return Verify(ctx, s.dir, opts)
}

type verifier struct {
	*VerifyReport
	ctx  context.Context
	opts VerifyOptions
	s    *Store
	refs map[string]int64 // digest of an object -> the first record that refers to it
	bad  map[string]bool  // objects that are there and damaged
}

func (v *verifier) ledger() error {
	numbers, err := ledgerNames(v.s.dir)
	if err != nil {
		return v.s.wrap(ledgerDir, err)
	}
	f := &v.s.fold
	broken := false // behind the first bad record chain and tree say nothing new
	latest := ""    // time of the records so far
	next := int64(1)
	for _, n := range numbers {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		if n != next {
			broken = true
			if n == next+1 {
				v.problem(recordName(next), "is missing")
			} else {
				v.problem(recordName(next), "is missing, and so is every record up to %d", n-1)
			}
		}
		next = n + 1
		b, err := os.ReadFile(v.s.recordPath(n))
		if err != nil {
			broken = true
			v.problem(recordName(n), "cannot be read: %v", unwrapPath(err))
			continue
		}
		v.read(int64(len(b)))
		if broken {
			if r, err := decodeRecord(b); err != nil {
				v.problem(recordName(n), "%v", err)
			} else if r.Number != n {
				v.problem(recordName(n), "says that it is record %d", r.Number)
			}
			continue
		}
		if err := f.read(b); err != nil {
			broken = true
			v.problem(recordName(n), "%v", err)
			continue
		}
		v.Records++
		if r, err := decodeRecord(b); err == nil { // RFC 3339 in UTC sorts as text
			if r.Time < latest {
				v.note("%s says that it was written at %s, before the record in front of it (%s): a clock was set back, or another time was stated with --now", recordName(n), r.Time, latest)
			}
			latest = max(latest, r.Time)
		}
		if h := v.opts.Head; h != nil && f.tree.size == h.Size && f.tree.head() != *h {
			v.problem("ledger", "the first %d records are not those the given head was taken of: their head is %s", h.Size, f.tree.head())
		}
	}
	if len(numbers) == 0 {
		v.problem("ledger", "holds no record")
	}
	if h := v.opts.Head; h != nil && next-1 < h.Size {
		v.problem(recordName(next), "is missing: the given head was taken when there were %d records, now there are %d", h.Size, next-1)
	}
	v.Head = f.tree.head()
	return nil
}

func (v *verifier) read(n int64) {
	v.Bytes += n
	v.opts.Progress(n)
}

// objects checks every file under objects against its name.
func (v *verifier) objects() error {
	root := filepath.Join(v.s.dir, objectsDir)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(v.s.dir, path)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil:
			v.problem(rel, "cannot be read: %v", unwrapPath(err))
			return nil
		case v.ctx.Err() != nil:
			return v.ctx.Err()
		case d.IsDir():
			return nil
		}
		digest := "sha256:" + d.Name()
		if want, err := objectPath(digest); err != nil || filepath.ToSlash(want) != rel || !d.Type().IsRegular() {
			v.note("%s: is not an object of the store", rel)
			return nil
		}
		size, err := checkObject(path, d.Name())
		v.read(size)
		if err != nil {
			v.bad[digest] = true
			v.problem("object "+digest, "%v", err)
			return nil
		}
		v.Objects++
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// references checks that the objects that sound records refer to are there, and
// notes the others.
func (v *verifier) references() error {
	f := &v.s.fold
	for _, p := range f.parts {
		v.refer(p.Record, "header", p.Header)
		v.refer(p.Record, "facts", p.Content)
		v.refer(p.Record, "provenance", p.Provenance)
	}
	for _, p := range f.proposals {
		v.refer(p.Record, "swaps", p.Swaps)
	}
	for _, a := range f.approvals {
		v.refer(a.Record, "swaps", a.Swaps)
		v.refer(a.Record, "overlay", a.overlay)
	}
	if v.OK() {
		v.unreferenced()
	}
	return nil
}

func (v *verifier) refer(record int64, what, digest string) {
	if digest == "" || v.refs[digest] != 0 {
		return
	}
	v.refs[digest] = record
	path, err := objectPath(digest)
	if err != nil {
		v.problem(recordName(record), "refers to %s %q, which no object can be called", what, digest)
		return
	}
	switch _, err := os.Lstat(filepath.Join(v.s.dir, path)); {
	case errors.Is(err, fs.ErrNotExist):
		v.problem("object "+digest, "is missing: the %s that %s refers to", what, recordName(record))
	case err != nil:
		v.problem("object "+digest, "cannot be read: %v: the %s that %s refers to", unwrapPath(err), what, recordName(record))
	}
}

// unreferenced notes objects without a record: what was stored when a run was
// interrupted before it could be recorded.
func (v *verifier) unreferenced() {
	dirs, _ := os.ReadDir(filepath.Join(v.s.dir, objectsDir))
	for _, d := range dirs {
		files, _ := os.ReadDir(filepath.Join(v.s.dir, objectsDir, d.Name()))
		for _, f := range files {
			digest := "sha256:" + f.Name()
			if _, err := parseDigest(digest); err == nil && v.refs[digest] == 0 {
				v.note("object %s: no record refers to it", digest)
			}
		}
	}
}

// baselines checks that approvals add up to the content they name.
func (v *verifier) baselines() error {
	f := &v.s.fold
	for _, at := range slices.SortedFunc(maps.Keys(f.baselines), func(a, b scope) int {
		return strings.Compare(a.system+"\x00"+a.source, b.system+"\x00"+b.source)
	}) {
		st := f.baselines[at]
		if st.overlay == "" || v.bad[st.overlay] || v.bad[st.part.Content] {
			continue
		}
		digest, _, err := v.s.contentOf(v.ctx, *st)
		switch {
		case v.ctx.Err() != nil:
			return v.ctx.Err()
		case err != nil && errors.Is(err, ErrStore): // reported with the object
		case err != nil:
			v.problem(recordName(st.record), "the baseline of system %s, source %s cannot be read: %v", at.system, at.source, err)
		case digest != st.content:
			v.problem(recordName(st.record), "the baseline of system %s, source %s has digest %s, approved was %s", at.system, at.source, digest, st.content)
		}
	}
	return nil
}

// files checks what lies beside ledger and objects.
func (v *verifier) files() error {
	marker, err := os.ReadFile(filepath.Join(v.s.dir, markerName))
	switch {
	case err != nil:
		v.problem(markerName, "cannot be read: %v", unwrapPath(err))
	case !bytes.Equal(marker, []byte(markerText)):
		v.problem(markerName, "one or more bytes changed")
	}
	key, err := readSecret(v.s.dir)
	switch {
	case err != nil:
		v.problem(keyName, "%v", errors.Unwrap(err))
	case v.s.fold.key != "" && v.s.fold.key != secretDigest(key):
		v.problem(keyName, "one or more bytes changed: it is not the key that the store was created with")
	}
	known := map[string]bool{markerName: true, keyName: true, objectsDir: true, ledgerDir: true, tempDir: true}
	return filepath.WalkDir(v.s.dir, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(v.s.dir, path)
		rel = filepath.ToSlash(rel)
		if err != nil {
			v.problem(rel, "cannot be read: %v", unwrapPath(err))
			return nil
		}
		if info, err := d.Info(); err == nil && info.Mode().Perm()&0o077 != 0 {
			v.note("%s: mode %04o lets other accounts in", rel, info.Mode().Perm())
		}
		first, rest, below := strings.Cut(rel, "/")
		switch {
		case rel == ".":
		case !known[first]:
			v.note("%s: is not a file of the store", rel)
			if d.IsDir() {
				return fs.SkipDir
			}
		case below && first == tempDir:
			v.note("%s: a temporary file left by a run that was interrupted; it can be deleted when nothing is running", rel)
		case below && first == ledgerDir && !isRecordFile(rest):
			v.note("%s: is not a ledger record", rel)
		}
		return nil
	})
}

func isRecordFile(name string) bool {
	var n int64
	_, err := fmt.Sscanf(name, "%d.json", &n)
	return err == nil && n > 0 && recordFile(n) == name
}
