// Package spool keeps bytes in memory while they are few and in a temporary
// file when they are not, and reads them back any number of times.
package spool

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// memory is how many bytes stay in memory, in pieces: a buffer that grows would
// have to be copied, and for a while be held twice.
const (
	memory = 8 << 20
	piece  = 256 << 10
)

// Spool is written first and read afterwards.
type Spool struct {
	dir  string
	full [][]byte // pieces before buf
	buf  []byte
	file *os.File
	size int64
	held int // bytes in memory
}

// New returns an empty spool whose file would go to dir.
func New(dir string) *Spool { return &Spool{dir: dir} }

// Write appends b.
func (s *Spool) Write(b []byte) (int, error) {
	if len(s.buf)+len(b) > cap(s.buf) && len(s.buf) > 0 && cap(s.buf) >= piece {
		if s.file != nil || s.held >= memory {
			if err := s.flush(); err != nil { // the piece is used again
				return 0, err
			}
		} else {
			s.full = append(s.full, s.buf)
			s.buf = make([]byte, 0, max(piece, len(b)))
		}
	}
	s.buf = append(s.buf, b...)
	s.size += int64(len(b))
	s.held += len(b)
	return len(b), nil
}

func (s *Spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "irondrift-part-*")
		if err != nil {
			return fmt.Errorf("temporary file: %w", err)
		}
		os.Remove(f.Name()) // gone with us, however we end
		s.file = f
	}
	for _, p := range append(s.full, s.buf) {
		if _, err := s.file.Write(p); err != nil {
			return fmt.Errorf("temporary file: %w", err)
		}
	}
	s.full, s.buf, s.held = nil, s.buf[:0], 0
	return nil
}

// Size returns the number of bytes written.
func (s *Spool) Size() int64 { return s.size }

// Open returns the bytes from the start. Several readers may be open at once.
func (s *Spool) Open() (io.ReadCloser, error) {
	var parts []io.Reader
	if s.file != nil {
		parts = append(parts, io.NewSectionReader(s.file, 0, s.size-int64(s.held)))
	}
	for _, p := range s.full {
		parts = append(parts, bytes.NewReader(p))
	}
	return io.NopCloser(io.MultiReader(append(parts, bytes.NewReader(s.buf))...)), nil
}

// Close frees the file.
func (s *Spool) Close() error {
	if s.file == nil {
		return nil
	}
	os.Remove(s.file.Name())
	return s.file.Close()
}
