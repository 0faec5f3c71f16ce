package baseline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// BenchmarkDiff merges a million facts with a million, of which one in a
// hundred differs. Its peer is comm -3 on the same lines.
func BenchmarkDiff(b *testing.B) {
	var old, new bytes.Buffer
	for i := range 1_000_000 {
		line := fmt.Sprintf("zvm/user/U%07d/class: G%d\n", i, i%97)
		old.WriteString(line)
		if i%100 == 7 {
			line = fmt.Sprintf("zvm/user/U%07d/class: B\n", i)
		}
		new.WriteString(line)
	}
	part := func(buf *bytes.Buffer) *collect.Part {
		return &collect.Part{
			Header:    collect.Header{Source: "bench", Coverage: []collect.Coverage{{Prefix: "zvm", State: collect.Complete}}},
			FactsBlob: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(buf.Bytes())), nil },
		}
	}
	p, q := part(&old), part(&new)
	b.SetBytes(int64(old.Len() + new.Len()))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		stats, err := Diff(context.Background(), p, q, DiffOptions{}, func(Change) error { n++; return nil })
		if err != nil || n != 10_000 || stats.Same != 990_000 {
			b.Fatal(n, stats, err)
		}
	}
}
