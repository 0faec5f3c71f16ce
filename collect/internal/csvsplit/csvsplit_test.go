package csvsplit

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// read returns the fields of every record, copied.
func read(src io.Reader, comma byte, limit int) (rows [][]string, recs []Record) {
	r := NewReader(src, comma, limit)
	for r.Next() {
		var row []string
		for _, f := range r.Record().Fields {
			row = append(row, string(f))
		}
		rows = append(rows, row)
		rec := *r.Record()
		rec.Fields, rec.raw = nil, nil
		recs = append(recs, rec)
	}
	return rows, recs
}

func TestFields(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		comma    byte
		want     [][]string
	}{
		{"plain", "a,b,c\nd,e,f\n", ',', [][]string{{"a", "b", "c"}, {"d", "e", "f"}}},
		{"empty fields", ",,\n,x,\n", ',', [][]string{{"", "", ""}, {"", "x", ""}}},
		{"CRLF and empty lines", "a,b\r\n\r\n\nc,d\r\n", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"no last line end", "a,b\nc,d", ',', [][]string{{"a", "b"}, {"c", "d"}}},
		{"semicolon", "a;b,c\n", ';', [][]string{{"a", "b,c"}}},
		{"tab", "a\tb\n", '\t', [][]string{{"a", "b"}}},
		{"enclosing quotes", `"a","","c,d"` + "\n" + `1,"b",2` + "\n", ',', [][]string{{"a", "", "c,d"}, {"1", "b", "2"}}},
		{"doubled quotes", `"say ""x""",""""` + "\n", ',', [][]string{{`say "x"`, `"`}}},
		{"quotes over lines", "\"a\r\nb\",c\r\nd,\"e\n\nf\"\n", ',', [][]string{{"a\nb", "c"}, {"d", "e\n\nf"}}},
		{"quotes over lines to the end", "x,\"a\n\"\"b\"", ',', [][]string{{"x", "a\n\"b"}}},
		{"quote inside a bare field", `a"b,c` + "\n", ',', [][]string{{`a"b`, "c"}}},
		{"raw quote inside quotes", `"a"b","c"` + "\n", ',', [][]string{{`a"b`, "c"}}},
		{"quote never closed", "\"a,b\nc,d\ne,f\n", ',', [][]string{{"a,b"}, {"c", "d"}, {"e", "f"}}},
		{"carriage returns as text", "a\rb,\"c\r\"\n", ',', [][]string{{"a\rb", "c\r"}}},
		{"nothing", "", ',', nil},
		{"only line ends", "\n\r\n\r", ',', nil},
	} {
		for _, slow := range []bool{false, true} {
			var src io.Reader = strings.NewReader(tt.in)
			if slow {
				src = iotest.OneByteReader(src)
			}
			if rows, _ := read(src, tt.comma, 0); !slices.EqualFunc(rows, tt.want, slices.Equal) {
				t.Errorf("%s (byte by byte %v): got %q, want %q", tt.name, slow, rows, tt.want)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	in := "a,b\r\n\n\"c\nc\",d\n\"e\"\"\",f\ng,\"h"
	_, recs := read(strings.NewReader(in), ',', 0)
	want := []Record{
		{Line: 1, Offset: 0, Terminated: true},
		{Line: 3, Offset: 6, Terminated: true},
		{Line: 5, Offset: 14, Terminated: true},
		{Line: 6, Offset: 22, Terminated: false, Unclosed: true},
	}
	if len(recs) != len(want) {
		t.Fatalf("got %d records, want %d", len(recs), len(want))
	}
	for i := range want {
		if fmt.Sprint(recs[i]) != fmt.Sprint(want[i]) {
			t.Errorf("record %d: got %+v, want %+v", i, recs[i], want[i])
		}
	}
}

// A long line and a stray quote each cost the line they stand on.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	rows, recs := read(strings.NewReader("a,b\n"+long+"\nc,d\n"), ',', 1000)
	if len(rows) != 3 || !recs[1].TooLong || recs[1].Line != 2 || rows[2][1] != "d" || recs[2].Line != 3 || recs[2].Offset != int64(5+len(long)) {
		t.Errorf("long line: got %d records, %+v", len(rows), recs)
	}
	in := "a,b\n\"stray,1\n" + strings.Repeat("c,d\n", 2<<20)
	rows, recs = read(strings.NewReader(in), ',', 1000)
	if len(rows) != 2+2<<20 || !recs[1].Unclosed || rows[2][0] != "c" || recs[2].Line != 3 {
		t.Errorf("stray quote: got %d records, want %d", len(rows), 2+2<<20)
	}
}

func TestPeekLine(t *testing.T) {
	r := NewReader(strings.NewReader("*> a, \"b\r\nx,y\nz"), ',', 0)
	if got := string(r.PeekLine()); got != `*> a, "b` {
		t.Fatalf("first line %q", got)
	}
	r.SkipLine()
	if !r.Next() || string(r.Record().Fields[1]) != "y" || r.Record().Line != 2 || r.Record().Offset != 10 {
		t.Fatalf("second line %+v", r.Record())
	}
	if got := string(r.PeekLine()); got != "z" {
		t.Errorf("last line %q", got)
	}
	r.SkipLine()
	if r.PeekLine() != nil || r.Next() || r.Line() != 3 {
		t.Errorf("end: line %d", r.Line())
	}
}

func TestReadError(t *testing.T) {
	r := NewReader(io.MultiReader(strings.NewReader("a,b\nc"), iotest.ErrReader(io.ErrNoProgress)), ',', 0)
	n := 0
	for r.Next() {
		n++
	}
	if n != 2 || r.Record().Terminated || r.Err() != io.ErrNoProgress {
		t.Errorf("%d records, terminated %v, error %v", n, r.Record().Terminated, r.Err())
	}
}

// FuzzLikeEncodingCSV: what encoding/csv accepts has the same fields here, and
// nothing makes the reader lose its place.
func FuzzLikeEncodingCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\n", "\"a\"\"\",\"b\nc\"\r\n", "\"\"\n\"\",\"\"\n", "\"a\"\r", "a\r\r\n\"b\r\r\n\"\n", "\"\r\n\"", "x\n\"a\n\"\"", "\"a\n", ",\"\"\n\n,",
	} {
		f.Add([]byte(seed), byte(0))
		f.Add([]byte(seed), byte(3))
	}
	f.Fuzz(func(t *testing.T, in []byte, chunk byte) {
		for _, comma := range []byte{',', ';', '\t'} {
			var src io.Reader = bytes.NewReader(in)
			if chunk > 0 {
				src = &chunks{in: in, n: int(chunk)}
			}
			got, recs := read(src, comma, 0)
			if rows, parts := inParts(in, comma, 0, int(chunk)); !slices.EqualFunc(rows, got, slices.Equal) || !sameRecords(parts, recs) {
				t.Fatalf("comma %q, parts of %d:\n got %q %+v\nwant %q %+v", comma, chunk, rows, parts, got, recs)
			}
			line, offset := int64(0), int64(-1)
			for i, rec := range recs {
				if rec.Line <= line || rec.Offset <= offset || rec.Offset >= int64(len(in)) || !rec.Terminated && i < len(recs)-1 {
					t.Fatalf("record %d is out of place: %+v", i, rec)
				}
				line, offset = rec.Line, rec.Offset
				if int64(bytes.Count(in[:rec.Offset], []byte{'\n'})) != rec.Line-1 {
					t.Fatalf("record %d at offset %d is not on line %d", i, rec.Offset, rec.Line)
				}
			}
			c := csv.NewReader(bytes.NewReader(in))
			c.Comma, c.FieldsPerRecord = rune(comma), -1
			want, err := c.ReadAll()
			if err != nil {
				continue
			}
			if !slices.EqualFunc(got, want, slices.Equal) {
				t.Fatalf("comma %q, chunks of %d:\n got %q\nwant %q", comma, chunk, got, want)
			}
		}
	})
}

// chunks reads n bytes at a time.
type chunks struct {
	in []byte
	n  int
}

func (c *chunks) Read(b []byte) (int, error) {
	if len(c.in) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(c.n, len(b))], c.in)
	c.in = c.in[n:]
	return n, nil
}

func benchmarkInput(quotes bool) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < 32<<20; i++ {
		row := fmt.Sprintf(`"%020d","2026-11-18-02.05.%02d.%06d","A","%d","10.32.%d.%d","%d"," "," "`, i, i%60, i%1e6, 1024+i%500, i%8, 1+i%250, 49152+i%16384)
		if !quotes {
			row = strings.ReplaceAll(row, `"`, "")
		}
		b.WriteString(row + "\n")
	}
	return b.Bytes()
}

func BenchmarkReader(b *testing.B) {
	for _, quotes := range []bool{false, true} {
		in := benchmarkInput(quotes)
		b.Run(fmt.Sprintf("quotes=%v", quotes), func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				r := NewReader(bytes.NewReader(in), ',', 0)
				n := 0
				for r.Next() {
					n += len(r.Record().Fields)
				}
				if n == 0 {
					b.Fatal("no fields")
				}
			}
		})
		b.Run(fmt.Sprintf("encoding-csv/quotes=%v", quotes), func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(in))
				r.ReuseRecord = true
				for {
					if _, err := r.Read(); err != nil {
						break
					}
				}
			}
		})
	}
}
