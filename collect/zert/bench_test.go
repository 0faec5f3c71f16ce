package zert

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// largeDump writes a dump of about 180 MB: half a million records.
func largeDump(b *testing.B, sessions int) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "large.smf")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := compose.WriteLargeZERT(f, 500_000, sessions, 1); err != nil {
		b.Fatal(err)
	}
	size, _ = f.Seek(0, io.SeekCurrent)
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path, size
}

// BenchmarkCollect takes the digest of the file as well, one block after the
// other, and writes the part.
func BenchmarkCollect(b *testing.B) {
	for _, c := range []struct {
		name     string
		sessions int
	}{{"sessions=3000", 3_000}, {"sessions=100000", 100_000}} {
		b.Run(c.name, func(b *testing.B) {
			path, size := largeDump(b, c.sessions)
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				f, err := collect.OpenFile(path)
				if err != nil {
					b.Fatal(err)
				}
				parts, err := collect.Run(b.Context(), SMF(), []*collect.File{f}, &collect.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if used := parts[0].Header.Counts.Used; used != 500_000 {
					b.Fatalf("%d records used", used)
				}
				parts[0].Close()
			}
		})
	}
}

// BenchmarkDecode is the decoding and adding up of a dump, without the digest of
// the file and the writing of the part. It is measured against BenchmarkNewlines:
// the bound is six times as long for the same file.
func BenchmarkDecode(b *testing.B) {
	for _, sessions := range []int{3_000, 100_000} {
		b.Run(fmt.Sprintf("sessions=%d", sessions), func(b *testing.B) {
			path, size := largeDump(b, sessions)
			b.SetBytes(size)
			for b.Loop() {
				f, err := collect.OpenFile(path)
				if err != nil {
					b.Fatal(err)
				}
				c, err := newCollection(&collect.Options{})
				if err != nil {
					b.Fatal(err)
				}
				stream, err := f.OpenUndigested(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				if _, err := c.dump(stream, f); err != nil {
					b.Fatal(err)
				}
				stream.Close()
				c.carryAll()
				if used := c.latest.used; used != 500_000 {
					b.Fatalf("%d records used", used)
				}
			}
		})
	}
}

// BenchmarkRecords leaves out reading, digest and the writing of the part: what
// one record costs.
func BenchmarkRecords(b *testing.B) {
	var buf bytes.Buffer
	const records = 48 * 1000
	if err := compose.WriteLargeZERT(&buf, records, 1000, 1); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(buf.Len()))
	for b.Loop() {
		if got := walk(b, buf.Bytes()); got != records {
			b.Fatalf("%d records", got)
		}
	}
}

// BenchmarkNewlines is the peer.
func BenchmarkNewlines(b *testing.B) {
	path, size := largeDump(b, 3_000)
	b.SetBytes(size)
	buf := make([]byte, 1<<20)
	for b.Loop() {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		lines := 0
		for {
			n, err := f.Read(buf)
			lines += bytes.Count(buf[:n], []byte{'\n'})
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		f.Close()
		if lines == 0 {
			b.Fatal("no newline at all")
		}
	}
}
