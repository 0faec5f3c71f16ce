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
	held     int      // bytes in chunks and recs
	chunks   [][]byte // full ones, then the one that is filled; none ever grows
	spare    [][]byte // empty ones
	recs     []record
	unsorted bool // recs holds a record that sorts before the one it follows
	runs     []*os.File
}

// chunkSize is how much memory is asked for at a time. A record of more has a
// chunk of its own.
const chunkSize = 512 << 10

// record is a key and its payload, which stand one behind the other in a chunk.
type record struct {
	both []byte
	key  int // length of the key
}

const recordSize = 32

func (r *record) less(s *record) int { return bytes.Compare(r.both[:r.key], s.both[:s.key]) }

// New returns a sorter that holds about limit bytes in memory and writes runs
// to dir ("" is the system's folder for temporary files).
func New(dir string, limit int) *Sorter { return &Sorter{dir: dir, limit: limit} }

// Add takes a copy of key and payload.
func (s *Sorter) Add(key, payload []byte) error {
	size := len(key) + len(payload)
	if s.held+size+recordSize > s.limit && len(s.recs) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	n := len(s.chunks) - 1
	if n < 0 || len(s.chunks[n])+size > cap(s.chunks[n]) {
		s.chunks = append(s.chunks, s.chunk(size))
		n++
	}
	c := s.chunks[n]
	start := len(c)
	c = append(append(c, key...), payload...)
	s.chunks[n] = c
	r := record{c[start:len(c):len(c)], len(key)}
	if n := len(s.recs); n > 0 && !s.unsorted {
		s.unsorted = r.less(&s.recs[n-1]) < 0
	}
	s.recs = append(s.recs, r)
	s.held += size + recordSize
	return nil
}

// chunk returns an empty chunk of at least size bytes. The first is small: most
// parts are.
func (s *Sorter) chunk(size int) []byte {
	if n := len(s.spare); n > 0 && size <= chunkSize {
		c := s.spare[n-1]
		s.spare = s.spare[:n-1]
		return c
	}
	want := chunkSize
	if len(s.chunks) == 0 {
		want = 16 << 10
	}
	return make([]byte, 0, max(want, size))
}

func (s *Sorter) sort() {
	if !s.unsorted {
		return
	}
	s.unsorted = false
	slices.SortStableFunc(s.recs, func(a, b record) int { return a.less(&b) })
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
	w := bufio.NewWriterSize(f, 64<<10)
	var n [2 * binary.MaxVarintLen64]byte
	for _, r := range s.recs {
		b := binary.AppendUvarint(n[:0], uint64(r.key))
		b = binary.AppendUvarint(b, uint64(len(r.both)-r.key))
		w.Write(b)
		w.Write(r.both)
	}
	for _, c := range s.chunks {
		if cap(c) == chunkSize {
			s.spare = append(s.spare, c[:0])
		}
	}
	clear(s.chunks)
	clear(s.recs)
	s.chunks, s.recs, s.held = s.chunks[:0], s.recs[:0], 0
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
			if err := yield(r.both[:r.key:r.key], r.both[r.key:]); err != nil {
				return err
			}
		}
		return nil
	}
	s.spare = nil
	var h runHeap
	for i, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("sorting: %w", err)
		}
		r := &run{order: i, r: bufio.NewReaderSize(f, 64<<10)}
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
	s.runs, s.recs, s.chunks, s.spare = nil, nil, nil, nil
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
		r.key, r.payload = p.both[:p.key:p.key], p.both[p.key:]
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
