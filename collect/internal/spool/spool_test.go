package spool

import (
	"bytes"
	"io"
	"testing"
)

// What was written comes back, in memory and beyond, in small and in large
// writes, as often as it is opened.
func TestSpool(t *testing.T) {
	for _, size := range []int{0, 10, piece - 1, piece + 1, memory - 1, memory + 1, 2*memory + 12345} {
		for _, write := range []int{1 << 10, 100_003, 3 * piece} {
			want := make([]byte, size)
			for i := range want {
				want[i] = byte(i * 7 >> 3)
			}
			s := New(t.TempDir())
			for b := want; len(b) > 0; {
				n := min(write, len(b))
				if _, err := s.Write(b[:n]); err != nil {
					t.Fatal(err)
				}
				b = b[n:]
			}
			for range 2 {
				r, err := s.Open()
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				if err != nil || !bytes.Equal(got, want) || s.Size() != int64(size) {
					t.Errorf("%d bytes in writes of %d: %d came back, size %d, error %v", size, write, len(got), s.Size(), err)
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
