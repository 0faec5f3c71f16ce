package compose

import (
	"io"
	"testing"
)

// The generators must not be what a benchmark waits for.
func BenchmarkWriteLarge(b *testing.B) {
	const n = 100_000
	b.Run("directory", func(b *testing.B) { benchmarkLarge(b, func(w io.Writer) error { return WriteLargeDirectory(w, n, 1) }) })
	b.Run("QAUDITSK", func(b *testing.B) {
		benchmarkLarge(b, func(w io.Writer) error { return WriteLargeQAUDITSK(w, n, 60, 1) })
	})
	b.Run("zERT", func(b *testing.B) { benchmarkLarge(b, func(w io.Writer) error { return WriteLargeZERT(w, n, 900, 1) }) })
}

func benchmarkLarge(b *testing.B, write func(io.Writer) error) {
	var size counter
	if err := write(&size); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if err := write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
