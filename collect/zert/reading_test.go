package zert

import (
	"bytes"
	"errors"
	"hash/maphash"
	"io"
	"runtime"
	"testing"
	"testing/iotest"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// several returns n interval records that differ in their port, in some framing.
func several(n int, frame func(records ...[]byte) []byte) []byte {
	var records [][]byte
	for i := range n {
		z := base()
		z.SrvPortStart, z.SrvPortEnd = uint16(i), uint16(i)
		z.End.LifeConnCnt = uint32(i)
		records = append(records, z.Record())
	}
	return frame(records...)
}

func startReading(t *testing.T, file io.Reader) *reading {
	t.Helper()
	r := newReading(file, 1<<20, [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()})
	if _, err := r.Detect(); err != nil {
		t.Fatal(err)
	}
	return r
}

// However many goroutines take the records apart, they come in the order of the
// dump, and what they hold is still theirs.
func TestReadingInOrder(t *testing.T) {
	const n = 5000 // several times all batches
	for name, data := range map[string][]byte{
		"unblocked": several(n, compose.Unblocked),
		"spanned":   several(n, func(records ...[]byte) []byte { return compose.BlockedSpanned(1000, records...) }),
	} {
		for _, procs := range []int{1, 2, 7} {
			before := runtime.GOMAXPROCS(procs)
			for _, file := range []io.Reader{bytes.NewReader(data), iotest.HalfReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data))} {
				var next int64
				err := startReading(t, file).each(func(it *item) error {
					port := int64(it.Data[sdTriplets+48+64+saSrvPort])<<8 | int64(it.Data[sdTriplets+48+64+saSrvPort+1])
					if it.err != nil || !it.plain || port != next || it.Number != next+1 || it.summary.life != uint32(next) {
						t.Fatalf("%s, %d processors: item %d is %d, port %d, %+v", name, procs, next, it.Number, port, it.summary)
					}
					next++
					return nil
				})
				if err != nil || next != n {
					t.Errorf("%s, %d processors: %d records, %v", name, procs, next, err)
				}
			}
			runtime.GOMAXPROCS(before)
		}
	}
}

// An error of the caller or of the file ends the reading, and no goroutine is
// left behind.
func TestReadingStops(t *testing.T) {
	data := several(5000, compose.Unblocked)
	began := runtime.NumGoroutine()
	enough, broken := errors.New("enough"), errors.New("broken disk")
	n := 0
	err := startReading(t, bytes.NewReader(data)).each(func(*item) error {
		if n++; n == 100 {
			return enough
		}
		return nil
	})
	if err != enough || n != 100 {
		t.Errorf("stopped by the caller: %v after %d records", err, n)
	}
	n = 0
	file := io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(broken))
	if err := startReading(t, file).each(func(*item) error { n++; return nil }); !errors.Is(err, broken) || n < 2400 || n > 2500 {
		t.Errorf("broken file: %v after %d records", err, n)
	}
	for i := 0; runtime.NumGoroutine() > began; i++ {
		if i == 100 {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), began)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
