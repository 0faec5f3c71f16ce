package racf_test

import (
	"bytes"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/racf"
)

// A listing inside the output of a long job, which is what is large about it.
func BenchmarkSpool(b *testing.B) {
	log := bytes.Repeat([]byte(" IEF403I AUDITJOB - STARTED - TIME=02.05.11 AND A LINE OF ORDINARY LENGTH BEHIND IT\n"), 400_000)
	benchmark(b, append(log, spool(options(true).List(layout()))...))
}

func BenchmarkListing(b *testing.B) { benchmark(b, captured(options(true).List(layout()))) }

func BenchmarkXML(b *testing.B) { benchmark(b, sample(b, "setropts-list-b.xml")) }

func BenchmarkBinary(b *testing.B) { benchmark(b, inBinary(b, options(true).List(layout()))) }

func benchmark(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		parts, err := collect.Run(b.Context(), racf.Setropts(), []*collect.File{collect.BytesFile("extract", data)}, &collect.Options{})
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}
