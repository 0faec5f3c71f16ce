// Package extsort sorts records by key in bounded memory: records are held
// until they reach a size, then written to disk as a sorted run, and the runs
// are merged in the end. Records with the same key keep the order in which they
// were added.
package extsort

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Sorter collects records. The zero value is not usable, see [New].
type Sorter struct {
	dir      string
	limit    int
	pieces   [][]byte // of records; the last ones may be empty
	piece    int      // that the next record goes to
	held     int      // bytes of records in them
	recs     []span
	unsorted bool // recs holds a record that sorts before the one it follows
	runs     []*os.File
}

// pieceSize is how many bytes of records are allocated at once. A buffer that
// grows would have to be copied, and for a while be held twice.
const pieceSize = 1 << 20

// span is a record in a piece: key then payload.
type span struct{ piece, start, key, end int32 }

func (s *Sorter) key(r span) []byte     { return s.pieces[r.piece][r.start:r.key:r.key] }
func (s *Sorter) payload(r span) []byte { return s.pieces[r.piece][r.key:r.end:r.end] }

// New returns a sorter that holds about limit bytes in memory and writes runs
// to dir ("" is the system's folder for temporary files).
func New(dir string, limit int) *Sorter { return &Sorter{dir: dir, limit: limit} }

// Add takes a copy of key and payload.
func (s *Sorter) Add(key, payload []byte) error {
	size := len(key) + len(payload)
	if s.held+size+16*len(s.recs) > s.limit && len(s.recs) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if n := len(s.recs); n > 0 && !s.unsorted {
		s.unsorted = bytes.Compare(key, s.key(s.recs[n-1])) < 0
	}
	for s.piece < len(s.pieces) && cap(s.pieces[s.piece])-len(s.pieces[s.piece]) < size {
		s.piece++
	}
	if s.piece == len(s.pieces) {
		s.pieces = append(s.pieces, make([]byte, 0, max(min(pieceSize, s.limit), size)))
	}
	p := s.pieces[s.piece]
	start := int32(len(p))
	p = append(append(p, key...), payload...)
	s.pieces[s.piece] = p
	s.held += size
	s.recs = append(s.recs, span{int32(s.piece), start, start + int32(len(key)), int32(len(p))})
	return nil
}

func (s *Sorter) sort() {
	if !s.unsorted {
		return
	}
	s.unsorted = false
	slices.SortStableFunc(s.recs, func(a, b span) int {
		return bytes.Compare(s.key(a), s.key(b))
	})
}

func (s *Sorter) spill() (err error) {
	s.sort()
	f, err := os.CreateTemp(s.dir, "irondrift-sort-*")
	if err != nil {
		return fmt.Errorf("sorting: %w", err)
	}
	// The name goes at once, so that nothing is left behind however we end.
	// Where a file in use cannot be removed, Close removes it.
	os.Remove(f.Name())
	s.runs = append(s.runs, f)
	w := bufio.NewWriterSize(f, 256<<10)
	var n [2 * binary.MaxVarintLen64]byte
	for _, r := range s.recs {
		b := binary.AppendUvarint(n[:0], uint64(r.key-r.start))
		b = binary.AppendUvarint(b, uint64(r.end-r.key))
		w.Write(b)
		w.Write(s.pieces[r.piece][r.start:r.end])
	}
	for i := range s.pieces {
		s.pieces[i] = s.pieces[i][:0]
	}
	s.piece, s.held, s.recs = 0, 0, s.recs[:0]
	if err := w.Flush(); err != nil {
		return fmt.Errorf("sorting: %w", err)
	}
	return nil
}

// Merge calls yield with every record in key order. Key and payload are valid
// until yield returns. Merge may be called once.
func (s *Sorter) Merge(yield func(key, payload []byte) error) error {
	defer s.Close()
	s.sort()
	if len(s.runs) == 0 {
		for _, r := range s.recs {
			if err := yield(s.key(r), s.payload(r)); err != nil {
				return err
			}
		}
		return nil
	}
	var h runHeap
	for i, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("sorting: %w", err)
		}
		r := &run{order: i, r: bufio.NewReaderSize(f, 256<<10)}
		if err := h.start(r); err != nil {
			return err
		}
	}
	if err := h.start(&run{order: len(s.runs), mem: s}); err != nil {
		return err
	}
	heap.Init(&h)
	for len(h) > 0 {
		top := h[0]
		if err := yield(top.key, top.payload); err != nil {
			return err
		}
		more, err := top.next()
		if err != nil {
			return err
		}
		if more {
			heap.Fix(&h, 0)
		} else {
			heap.Pop(&h)
		}
	}
	return nil
}

// Close drops everything.
func (s *Sorter) Close() error {
	var errs []error
	for _, f := range s.runs {
		errs = append(errs, f.Close())
		os.Remove(f.Name())
	}
	s.runs, s.recs, s.pieces = nil, nil, nil
	return errors.Join(errs...)
}

type run struct {
	order        int
	r            *bufio.Reader
	mem          *Sorter
	i            int
	buf          []byte
	key, payload []byte
}

func (r *run) next() (bool, error) {
	if r.mem != nil {
		if r.i == len(r.mem.recs) {
			return false, nil
		}
		p := r.mem.recs[r.i]
		r.i++
		r.key, r.payload = r.mem.key(p), r.mem.payload(p)
		return true, nil
	}
	k, err := binary.ReadUvarint(r.r)
	if err == io.EOF {
		return false, nil
	}
	n, err2 := binary.ReadUvarint(r.r)
	if err := errors.Join(err, err2); err != nil {
		return false, fmt.Errorf("sorting: reading a run back: %w", err)
	}
	if total := int(k + n); cap(r.buf) < total {
		r.buf = make([]byte, total)
	}
	r.buf = r.buf[:k+n]
	if _, err := io.ReadFull(r.r, r.buf); err != nil {
		return false, fmt.Errorf("sorting: reading a run back: %w", err)
	}
	r.key, r.payload = r.buf[:k:k], r.buf[k:]
	return true, nil
}

type runHeap []*run

func (h *runHeap) start(r *run) error {
	more, err := r.next()
	if more {
		*h = append(*h, r)
	}
	return err
}

func (h runHeap) Len() int { return len(h) }
func (h runHeap) Less(i, j int) bool {
	if c := bytes.Compare(h[i].key, h[j].key); c != 0 {
		return c < 0
	}
	return h[i].order < h[j].order
}
func (h runHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)   { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
