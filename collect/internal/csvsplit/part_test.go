package csvsplit

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"a,b":                     "",
		"a,b\nc":                  "a,b\n",
		"a,\"b\nc":                "",
		"a\nb,\"c\nd":             "a\n",
		"a\nb,\"c\nd\"\ne":        "a\nb,\"c\nd\"\n",
		"a\n\"b\",\"c\nd\ne\n":    "a\n",
		"\"a\nb\"\n\"c\n\"\n\"\n": "\"a\nb\"\n\"c\n\"\n",
		"\"\n\n\n":                "",
	} {
		if got := in[:Cut([]byte(in))]; got != want {
			t.Errorf("%q is cut to %q, want %q", in, got, want)
		}
	}
}

// inParts reads in the way several goroutines do: in parts of about size bytes,
// and on from the first part that does not end with a record as one stream.
func inParts(in []byte, comma byte, limit, size int) (rows [][]string, recs []Record) {
	add := func(r *Reader, line, offset int64) {
		for r.Next() {
			var row []string
			for _, f := range r.Record().Fields {
				row = append(row, string(f))
			}
			rows = append(rows, row)
			rec := *r.Record()
			rec.Line += line
			rec.Offset += offset
			rec.Fields, rec.raw = nil, nil
			recs = append(recs, rec)
		}
	}
	before := bytes.Clone(in)
	p := NewPartReader(comma, limit)
	line, offset := int64(0), 0
	for size > 0 && len(in)-offset > size {
		n := Cut(in[offset : offset+size])
		if n == 0 {
			break
		}
		p.Part(in[offset : offset+n])
		add(p, line, int64(offset))
		line += p.Line()
		offset += int(p.Offset())
		if !p.Clean() {
			break
		}
	}
	if !bytes.Equal(before, in) {
		panic("a part was changed")
	}
	add(Resume(bytes.NewReader(in[offset:]), comma, limit, line, int64(offset)), 0, 0)
	return rows, recs
}

func sameRecords(a, b []Record) bool {
	return slices.EqualFunc(a, b, func(x, y Record) bool { return fmt.Sprint(x) == fmt.Sprint(y) })
}

// Wherever a stream is cut into parts, and however much of it is read at once,
// it has the same records.
func TestParts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "bb", ",", ",", "\n", "\n", "\r\n", `"`, `"x"`, "\"y\nz\"", `"q""q"`, `,"",`, strings.Repeat("long", 12)}
	for range 2_000 {
		var b bytes.Buffer
		for range 1 + rng.IntN(30) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		in, limit, size := b.Bytes(), []int{0, 20}[rng.IntN(2)], 1+rng.IntN(40)
		rows, recs := read(bytes.NewReader(in), ',', limit)
		for name, got := range map[string]func() ([][]string, []Record){
			"parts": func() ([][]string, []Record) { return inParts(in, ',', limit, size) },
			"small reads": func() ([][]string, []Record) {
				return read(&chunks{in: in, n: size}, ',', limit)
			},
		} {
			if r, c := got(); !slices.EqualFunc(r, rows, slices.Equal) || !sameRecords(c, recs) {
				t.Fatalf("%q, limit %d, size %d, %s:\n got %q %+v\nwant %q %+v", in, limit, size, name, r, c, rows, recs)
			}
		}
	}
}

// What was not read can be read on by another reader.
func TestRest(t *testing.T) {
	in := "a,b\nc,\"d\ne\"\nf,g\n"
	r := NewReader(&chunks{in: []byte(in), n: 5}, ',', 0)
	r.Next()
	r.Next()
	if r.Line() != 3 || r.Offset() != 12 {
		t.Fatalf("line %d, offset %d", r.Line(), r.Offset())
	}
	rest := Resume(r.Rest(), ',', 0, r.Line(), r.Offset())
	if !rest.Next() || string(rest.Record().Fields[1]) != "g" || rest.Record().Line != 4 || rest.Record().Offset != 12 || rest.Next() || rest.Err() != nil {
		t.Errorf("%+v, error %v", rest.Record(), rest.Err())
	}
	failed := NewReader(io.MultiReader(strings.NewReader("a"), failing{io.ErrNoProgress}), ',', 0)
	failed.PeekLine()
	if _, err := io.ReadAll(failed.Rest()); err != io.ErrNoProgress {
		t.Errorf("error %v", err)
	}
}
