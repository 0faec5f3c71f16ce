package baseline

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// Names in a store, see the package comment.
const (
	markerName = "irondrift-store"
	markerText = "irondrift evidence store, format 1\n"
	keyName    = "secret.key"
	objectsDir = "objects"
	ledgerDir  = "ledger"
	tempDir    = "tmp"
)

// ErrStore is in the tree of every error that says that a store is damaged.
var ErrStore = errors.New("the evidence store is damaged")

// ErrNoStore is in the tree of the error of [Open] when there is no store.
var ErrNoStore = errors.New("is not an evidence store")

// Store is an evidence store in a folder. It may be used from several
// goroutines, and several processes may write to the same folder.
type Store struct {
	dir    string
	now    func() time.Time
	secret []byte

	mu   sync.Mutex // guards fold and the writing of records
	fold fold

	dirtyMu sync.Mutex
	dirty   map[string]bool // folders that hold names not yet synced

	// step is called between any two changes of the folder; tests stop there.
	step func(what string)
}

// Create makes a new store in dir, which must not exist or be empty. If it was
// interrupted, it can be run again. Now is the clock for all that is recorded.
func Create(dir string, now func() time.Time) (*Store, error) {
	return create(dir, now, func(string) {})
}

func create(dir string, now func() time.Time, step func(string)) (*Store, error) {
	s := &Store{dir: dir, now: now, dirty: map[string]bool{}, step: step}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, s.wrap("", err)
	}
	ours := []string{markerName, keyName, objectsDir, ledgerDir, tempDir}
	for _, e := range entries {
		if !slices.Contains(ours, e.Name()) {
			return nil, &collect.Error{File: dir, Offset: -1, Err: fmt.Errorf("the folder holds %q and is no store", e.Name()), Advice: "name a new or empty folder"}
		}
	}
	if _, err := os.Lstat(s.recordPath(1)); err == nil {
		return nil, &collect.Error{File: dir, Offset: -1, Err: errors.New("there is a store already"), Advice: "name another folder; a store is never overwritten"}
	}
	for _, sub := range []string{"", objectsDir, ledgerDir, tempDir} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, s.wrap(sub, err)
		}
		s.step("create: folder made")
	}
	if err := os.Chmod(dir, 0o700); err != nil { // it may have been there, empty
		return nil, s.wrap("", err)
	}
	s.markDirty("")
	if err := s.putFile(markerName, []byte(markerText)); err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	rand.Read(key)
	if err := s.putFile(keyName, append(hex.AppendEncode(nil, key), '\n')); err != nil {
		return nil, err
	}
	if err := s.syncDirs(); err != nil {
		return nil, err
	}
	if s.secret, err = readSecret(dir); err != nil {
		return nil, err // another Create may have been first, so it is read back
	}
	_, err = s.append(kindCreated, func() (any, error) {
		if s.fold.tree.size > 0 {
			return nil, &collect.Error{File: dir, Offset: -1, Err: errors.New("another process created a store here at the same time"), Advice: "use it"}
		}
		return createdPayload{Key: secretDigest(s.secret)}, nil
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// putFile writes a small file unless it is there.
func (s *Store) putFile(name string, b []byte) error {
	tmp, err := s.temp()
	if err != nil {
		return err
	}
	s.step("file: temporary file created")
	if _, err := tmp.Write(b); err != nil {
		return s.discard(tmp, s.wrap(tmp.Name(), err))
	}
	return s.publish(tmp, name, true)
}

// Open opens the store in dir and reads its ledger, whose numbers, digests,
// chain and tree are checked on the way. Objects are checked when they are
// read, all of them by [Verify].
func Open(dir string, now func() time.Time) (*Store, error) {
	s := &Store{dir: dir, now: now, dirty: map[string]bool{}, step: func(string) {}}
	if err := findStore(dir); err != nil {
		return nil, err
	}
	marker, err := os.ReadFile(filepath.Join(dir, markerName))
	if errors.Is(err, fs.ErrPermission) {
		return nil, s.wrap(markerName, err) // says nothing about the store
	}
	if err != nil {
		return nil, s.damaged(markerName, unwrapPath(err))
	}
	if string(marker) != markerText {
		return nil, s.damaged(markerName, errors.New("one or more bytes changed, or a newer version wrote it"))
	}
	if s.secret, err = readSecret(dir); errors.Is(err, fs.ErrPermission) {
		return nil, s.wrap(keyName, fs.ErrPermission)
	} else if err != nil {
		return nil, err
	}
	names, err := ledgerNames(dir)
	if err != nil {
		return nil, s.wrap(ledgerDir, err)
	}
	if len(names) == 0 {
		return nil, s.damaged("ledger", errors.New("holds no record"))
	}
	if err := s.refresh(); err != nil {
		return nil, err
	}
	if last := names[len(names)-1]; s.fold.tree.size < last {
		return nil, s.damaged(recordName(s.fold.tree.size+1), errors.New("is missing"))
	}
	if s.fold.key != secretDigest(s.secret) {
		return nil, s.damaged(keyName, errors.New("is not the key that the store was created with"))
	}
	return s, nil
}

// findStore returns an error that matches ErrNoStore when dir has neither a
// record nor an object: then there is no store, or one whose creation was
// interrupted, and Create can make it.
func findStore(dir string) error {
	for _, sub := range []string{ledgerDir, objectsDir} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil // what is wrong with it, the caller will find out
		}
	}
	return &collect.Error{File: dir, Offset: -1, Err: ErrNoStore, Advice: "irondrift run creates one; check the folder named in the configuration"}
}

// Dir returns the folder of the store.
func (s *Store) Dir() string { return s.dir }

// SecretKey returns the key of this store, 32 random bytes, for the keyed
// digests of files that can hold secrets.
func (s *Store) SecretKey() []byte { return slices.Clone(s.secret) }

func readSecret(dir string) ([]byte, error) {
	bad := func(err error) error {
		return &collect.Error{File: filepath.Join(dir, keyName), Offset: -1, Err: fmt.Errorf("%w: %w", ErrStore, err),
			Advice: "restore the file from a copy of the store; without it files that can hold secrets cannot be recognised again"}
	}
	b, err := os.ReadFile(filepath.Join(dir, keyName))
	if err != nil {
		return nil, bad(unwrapPath(err))
	}
	key := make([]byte, 32)
	if len(b) != 65 || b[64] != '\n' {
		return nil, bad(errors.New("is not 64 hexadecimal digits and a line end"))
	}
	if _, err := hex.Decode(key, b[:64]); err != nil || string(hex.AppendEncode(nil, key)) != string(b[:64]) {
		return nil, bad(errors.New("is not 64 lower-case hexadecimal digits and a line end"))
	}
	return key, nil
}

// secretDigest identifies the key. The key has 256 random bits, so its digest
// gives nothing away.
func secretDigest(key []byte) string {
	sum := sha256.Sum256(append([]byte("irondrift store key\n"), key...))
	return digestName(sum[:])
}

// temp creates a temporary file in the store, mode 0600.
func (s *Store) temp() (*os.File, error) {
	f, err := os.CreateTemp(filepath.Join(s.dir, tempDir), "*.tmp")
	if err != nil {
		return nil, s.wrap(tempDir, err)
	}
	return f, nil
}

// discard drops a temporary file and returns err.
func (s *Store) discard(tmp *os.File, err error) error {
	tmp.Close()
	return errors.Join(err, os.Remove(tmp.Name()))
}

// publish gives a finished temporary file its name, unless there is such a name
// already: then it is an error that matches fs.ErrExist, or nothing if that is
// fine. Linking, unlike renaming, never replaces a file. The name is durable
// after syncDirs.
func (s *Store) publish(tmp *os.File, name string, existsIsFine bool) error {
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return errors.Join(s.wrap(tmp.Name(), err), os.Remove(tmp.Name()))
	}
	s.step("publish: temporary file synced")
	dir := filepath.Dir(name)
	if _, err := os.Lstat(filepath.Join(s.dir, dir)); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Join(s.dir, dir), 0o700); err != nil {
			return errors.Join(s.wrap(dir, err), os.Remove(tmp.Name()))
		}
		s.markDirty(filepath.Dir(dir))
		s.step("publish: folder made")
	}
	err := os.Link(tmp.Name(), filepath.Join(s.dir, name))
	s.step("publish: linked")
	s.markDirty(dir)
	// What is published is published even if its first name stays; Verify notes it.
	_ = os.Remove(tmp.Name())
	s.step("publish: temporary file removed")
	if errors.Is(err, fs.ErrExist) {
		if existsIsFine {
			return nil
		}
		return fs.ErrExist
	}
	if err != nil {
		return s.wrap(name, err)
	}
	return nil
}

// markDirty remembers a folder in which a name was made or relied upon.
func (s *Store) markDirty(dir string) {
	s.dirtyMu.Lock()
	defer s.dirtyMu.Unlock()
	s.dirty[dir] = true
}

// syncDirs makes the names of everything published durable.
func (s *Store) syncDirs() error {
	s.dirtyMu.Lock()
	defer s.dirtyMu.Unlock()
	for dir := range s.dirty {
		d, err := os.Open(filepath.Join(s.dir, dir))
		if err != nil {
			return s.wrap(dir, err)
		}
		if err := errors.Join(d.Sync(), d.Close()); err != nil {
			return s.wrap(dir, err)
		}
		delete(s.dirty, dir)
	}
	s.step("folders synced")
	return nil
}

// wrap says at which place of the store an operation failed.
func (s *Store) wrap(name string, err error) error {
	if !filepath.IsAbs(name) && !hasDir(name, s.dir) {
		name = filepath.Join(s.dir, name)
	}
	advice := "check the free space, and that this account owns the store"
	return &collect.Error{File: name, Offset: -1, Err: unwrapPath(err), Advice: advice}
}

func hasDir(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}

func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}

// damaged says that something in the store is not what was written.
func (s *Store) damaged(what string, err error) error {
	return &collect.Error{File: s.dir, Offset: -1, Err: fmt.Errorf("%w: %s: %w", ErrStore, what, err),
		Advice: "run irondrift verify to see everything that is wrong, then restore the store from a copy"}
}
