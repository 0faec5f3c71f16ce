package ibmi

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// BenchmarkSK reads composed QAUDITSK files of a million rows, about 100 MB:
// busy ports with thousands of peers.
func BenchmarkSK(b *testing.B) {
	const rows = 1_000_000
	for _, services := range []int{20, 500} {
		var in bytes.Buffer
		if err := compose.WriteLargeQAUDITSK(&in, rows, services, 1); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("services=%d", services), func(b *testing.B) {
			b.SetBytes(int64(in.Len()))
			b.ReportAllocs()
			for b.Loop() {
				opts := collect.Options{System: "BENCH"}
				parts, err := collect.Run(b.Context(), SK(), []*collect.File{collect.BytesFile("qauditsk.csv", in.Bytes())}, &opts)
				if err != nil {
					b.Fatal(err)
				}
				if parts[0].Header.Counts.Used != rows {
					b.Fatalf("counts %+v", parts[0].Header.Counts)
				}
				parts[0].Close()
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

// BenchmarkOutfile reads a raw *TYPE5 outfile of 168 MB.
func BenchmarkOutfile(b *testing.B) {
	var in bytes.Buffer
	for i := range 100_000 {
		row := compose.SKRow{Sequence: uint64(i), Time: time.Date(2026, 11, 18, 0, 0, i, 0, time.UTC), Job: "QTVDEVICE", User: "QTCP", System: "BENCH",
			Type: 'A', LocalAddr: "10.40.1.10", LocalPort: uint16(990 + i%20), RemoteAddr: fmt.Sprintf("10.1.%d.%d", i%8, i%250), RemotePort: uint16(49152 + i%16000)}
		in.Write(row.Outfile())
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		opts := collect.Options{System: "BENCH"}
		parts, err := collect.Run(b.Context(), SK(), []*collect.File{collect.BytesFile("qauditsk", in.Bytes())}, &opts)
		if err != nil {
			b.Fatal(err)
		}
		if parts[0].Header.Counts.Used != 100_000 {
			b.Fatalf("counts %+v", parts[0].Header.Counts)
		}
		parts[0].Close()
	}
}

// Once every port and peer is known, a row costs no allocation.
func TestNoAllocationPerRow(t *testing.T) {
	var lines []string
	for i := range 20_000 {
		lines = append(lines, row(i, i%50, "A", 992, fmt.Sprintf("10.1.%d.%d", i%4, i%200), 50001, "", ""),
			row(100_000+i, i%50, "S", 992, fmt.Sprintf("2001:db8::%x", i%200), 50001, "TLSV1.2", gcm))
	}
	few, many := rows(lines[:4000]...), rows(lines...)
	count := func(in []byte) float64 {
		return testing.AllocsPerRun(3, func() { collectOne(t, collect.Options{}, in) })
	}
	a, b := count(few), count(many)
	if extra := b - a; extra > 500 {
		t.Errorf("%v allocations for %d rows, %v for %d", a, 4000, b, len(lines))
	}
}
