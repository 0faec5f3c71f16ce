package ibmi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// large is an extract of more than the head of a file, with everything that can
// make a block hard to cut.
func large(rng *rand.Rand, odd bool) []byte {
	var lines []string
	for i := range 1500 {
		typ, version, properties := "A", "", ""
		if i%3 == 1 {
			typ, version, properties = "S", "TLSV1.2", gcm
		}
		line := row(i-i%3%2, i/3, typ, 990+i%9, fmt.Sprintf("10.%d.2.%d", i%5, i%250), 50000+i/3, version, properties)
		if odd {
			switch rng.IntN(40) {
			case 0:
				line = strings.Replace(line, ",A,", ",\"A\n\",", 1)
			case 1:
				line = strings.Replace(line, "PRDA", `"PR""DA"`, 1)
			case 2:
				line = strings.Replace(line, ",10.", ",nowhere 10.", 1)
			case 3:
				line = strings.Replace(line, "2026-", "26-", 1)
			case 4:
				line = `x,"y` + "\"z\n" + line
			case 5:
				line = "*> " + line
			case 6:
				if rng.IntN(20) == 0 {
					line = `"stray` + line
				}
			}
		}
		lines = append(lines, line)
	}
	return rows(lines...)
}

// Into whatever blocks a file is cut, the part is the same byte for byte: facts,
// provenance, metrics, warnings and counts.
func TestBlocksDoNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	whole := skSource{block: 1 << 30}
	raw := concat(bigDay(), (*compose.SKRow).Outfile)
	for i := range 12 {
		in := large(rng, i%4 != 0)
		if i%5 == 1 {
			in = capture(string(in), i%2 == 0)
		}
		if i == 7 {
			in = raw[:len(raw)-rng.IntN(3000)]
		}
		opts := collect.Options{System: "PRDA", Limits: collect.Limits{Members: 7, Line: 3000}}
		want, err := collectFrom(t, whole, opts, in, in[:70000])
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{200, 700 + rng.IntN(5000), 50_000} {
			got, err := collectFrom(t, skSource{block: size}, opts, in, in[:70000])
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("input %d, blocks of %d bytes: header\n%+v\nwant\n%+v", i, size, got[0].header, want[0].header)
			}
		}
	}
}

// bigDay is a day that does not fit into the head of a file.
func bigDay() (rows []compose.SKRow) {
	for i := range 20 {
		for _, r := range day() {
			r.Sequence += uint64(i * 5000)
			r.Time = r.Time.AddDate(0, 0, i)
			rows = append(rows, r)
		}
	}
	return rows
}

// An error of the stream ends the reading with that error, wherever it comes.
func TestStreamFails(t *testing.T) {
	broken := errors.New("tape broken")
	in := large(rand.New(rand.NewPCG(1, 1)), false)
	raw := concat(bigDay(), (*compose.SKRow).Outfile)
	for _, data := range [][]byte{in, raw} {
		for _, at := range []int{len(data) - 1, len(data) / 2, 70_000} {
			f := collect.NewFile("x", int64(len(data)), func() (io.ReadCloser, error) {
				return io.NopCloser(io.MultiReader(bytes.NewReader(data[:at]), failing{broken})), nil
			})
			opts := collect.Options{System: "PRDA"}
			if _, err := collect.Run(t.Context(), skSource{block: 1000}, []*collect.File{f}, &opts); !errors.Is(err, broken) {
				t.Errorf("failing at %d of %d: error %v", at, len(data), err)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	f := collect.NewFile("x", int64(len(in)), func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(in[:80_000]), cancelling{cancel}, bytes.NewReader(in[80_000:]))), nil
	})
	opts := collect.Options{System: "PRDA"}
	if _, err := collect.Run(ctx, skSource{block: 1000}, []*collect.File{f}, &opts); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

// cancelling cancels when it is read.
type cancelling struct{ cancel func() }

func (c cancelling) Read([]byte) (int, error) {
	c.cancel()
	return 0, io.EOF
}
