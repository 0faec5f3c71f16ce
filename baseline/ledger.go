package baseline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// recordName is how messages call a record.
func recordName(n int64) string { return fmt.Sprintf("ledger record %d", n) }

func recordFile(n int64) string { return fmt.Sprintf("%012d.json", n) }

func (s *Store) recordPath(n int64) string { return filepath.Join(s.dir, ledgerDir, recordFile(n)) }

// ledgerNames returns the numbers of the records in a store, sorted. Other
// files in the folder are passed over.
func ledgerNames(dir string) ([]int64, error) {
	entries, err := os.ReadDir(filepath.Join(dir, ledgerDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var numbers []int64
	for _, e := range entries {
		digits, ok := strings.CutSuffix(e.Name(), ".json")
		n, err := strconv.ParseInt(digits, 10, 64)
		if ok && err == nil && n > 0 && recordFile(n) == e.Name() {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// refresh reads the records that were added since, by whomever.
func (s *Store) refresh() error {
	for {
		n := s.fold.tree.size + 1
		b, err := os.ReadFile(s.recordPath(n))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return s.wrap(filepath.Join(ledgerDir, recordFile(n)), err)
		}
		if err := s.fold.read(b); err != nil {
			return s.damaged(recordName(n), err)
		}
	}
}

// Refresh reads what other processes recorded since the store was opened.
func (s *Store) Refresh() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refresh()
}

// Head returns the head of the ledger as far as it was read.
func (s *Store) Head() Head {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fold.tree.head()
}

// append adds a record. Build makes its payload from the fold of everything
// recorded before; it is called again when another writer was faster.
func (s *Store) append(kind string, build func() (payload any, err error)) (*Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if err := s.refresh(); err != nil {
			return nil, err
		}
		payload, err := build()
		if err != nil {
			return nil, err
		}
		raw, err := json.Marshal(payload)
		if err != nil {
			return nil, err
		}
		r := &Record{
			Format: recordFormat, Number: s.fold.tree.size + 1, Time: s.now().UTC().Format(time.RFC3339),
			Previous: s.fold.last, Tree: []string{}, Kind: kind, Payload: raw,
		}
		for _, p := range s.fold.tree.peaks {
			r.Tree = append(r.Tree, digestName(p[:]))
		}
		b, err := r.encode()
		if err != nil {
			return nil, err
		}
		take, err := s.fold.next(b)
		if err != nil {
			return nil, fmt.Errorf("internal error: %s was not written, it could not be read back: %w", recordName(r.Number), err)
		}
		// What a record refers to is durable before the record is.
		if err := s.syncDirs(); err != nil {
			return nil, err
		}
		tmp, err := s.temp()
		if err != nil {
			return nil, err
		}
		s.step("record: temporary file created")
		if _, err := tmp.Write(b); err != nil {
			return nil, s.discard(tmp, s.wrap(tmp.Name(), err))
		}
		err = s.publish(tmp, filepath.Join(ledgerDir, recordFile(r.Number)), false)
		if errors.Is(err, fs.ErrExist) {
			continue // somebody else's record has the number: read it, then try the next
		}
		if err != nil {
			return nil, err
		}
		if err := s.syncDirs(); err != nil {
			return nil, fmt.Errorf("%s is in effect, but may not survive a power failure: %w", recordName(r.Number), err)
		}
		take()
		return r, nil
	}
}

// Records calls yield with every record of the ledger in order.
func (s *Store) Records(yield func(*Record) error) error {
	for n := int64(1); n <= s.Head().Size; n++ {
		b, err := os.ReadFile(s.recordPath(n))
		if err != nil {
			return s.damaged(recordName(n), unwrapPath(err))
		}
		r, err := decodeRecord(b)
		if err != nil {
			return s.damaged(recordName(n), err)
		}
		if err := yield(r); err != nil {
			return err
		}
	}
	return nil
}
