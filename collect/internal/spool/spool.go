// Package spool keeps bytes in memory while they are few and in a temporary
// file when they are not, and reads them back any number of times.
package spool

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// memory is how many bytes stay in memory. Behind that, they are written to the
// file in pieces of fileBuffer bytes.
const (
	memory     = 4 << 20
	fileBuffer = 256 << 10
)

// Spool is written first and read afterwards.
type Spool struct {
	dir  string
	buf  []byte
	file *os.File
	size int64
}

// New returns an empty spool whose file would go to dir.
func New(dir string) *Spool { return &Spool{dir: dir} }

// Write appends b.
func (s *Spool) Write(b []byte) (int, error) {
	s.buf = append(s.buf, b...)
	s.size += int64(len(b))
	if s.file == nil && len(s.buf) < memory || len(s.buf) < fileBuffer {
		return len(b), nil
	}
	return len(b), s.flush()
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
	if _, err := s.file.Write(s.buf); err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	if s.buf = s.buf[:0]; cap(s.buf) > 2*fileBuffer {
		s.buf = make([]byte, 0, fileBuffer+64<<10)
	}
	return nil
}

// Size returns the number of bytes written.
func (s *Spool) Size() int64 { return s.size }

// Open returns the bytes from the start. Several readers may be open at once.
func (s *Spool) Open() (io.ReadCloser, error) {
	mem := bytes.NewReader(s.buf)
	if s.file == nil {
		return io.NopCloser(mem), nil
	}
	onDisk := s.size - int64(len(s.buf))
	return io.NopCloser(io.MultiReader(io.NewSectionReader(s.file, 0, onDisk), mem)), nil
}

// Close frees the file.
func (s *Spool) Close() error {
	if s.file == nil {
		return nil
	}
	os.Remove(s.file.Name())
	return s.file.Close()
}
