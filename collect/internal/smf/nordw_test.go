package smf

import (
	"bytes"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/testdata/compose"
)

// noRDW reads everything.
func noRDW(data []byte) ([][]byte, []string, error) {
	r := NewReader(bytes.NewReader(data), 1<<20)
	r.WithoutRDW()
	return collectAll(r)
}

// A record of type 119 by hand: two triplets, sections of 4 bytes at 44 and twice
// 2 bytes at 48, so it ends at 52 with its descriptor word.
const twoSections = "0034 0000 5E 77 00057E40 0126141F D7D9C4C1 E2E3C340 0005" +
	"0002 0000 0000002C 0004 0001 00000030 0002 0002" + "C1C2C3C4 D1D2D3D4"

// Subtype 12 with certificate names, whose length in the triplet means nothing.
const withNames = "0062 0000 5E 77 00057E40 0126141F D7D9C4C1 E2E3C340 000C" +
	"0006 0000 0000004C 0004 0001" + "0000000000000000 0000000000000000 0000000000000000 0000000000000000" +
	"00000050 FFFF 0002" + "C1C2C3C4" + "0006 0005 C1C2" + "000C 0006 C1C2C3C4C5C6C7C8"

func TestWithoutRDW(t *testing.T) {
	header, two, names := unhex(t, header18), unhex(t, twoSections), unhex(t, withNames)
	file := compose.NoRDW(header, two, names, two, header)
	got, notes, err := noRDW(file)
	if err != nil || len(notes) > 0 || len(got) != 5 {
		t.Fatalf("%d records, notes %q, error %v", len(got), notes, err)
	}
	for i, want := range [][]byte{header, two, names, two, header} {
		if !bytes.Equal(got[i], want) {
			t.Errorf("record %d: %X, want %X", i, got[i], want)
		}
	}
	// Cut anywhere: what was whole, and what is missing.
	for n := 1; n < len(file); n++ {
		got, notes, err := noRDW(file[:n])
		whole, end := 0, 0
		for _, r := range [][]byte{header, two, names, two, header} {
			if end += len(r) - 4; end <= n {
				whole++
			}
		}
		if err != nil || len(got) != whole {
			t.Fatalf("cut at %d: %d records, want %d, error %v", n, len(got), whole, err)
		}
		atEnd := n == 14 || n == 14+48 || n == 14+48+len(names)-4 || n == 14+48+len(names)-4+48
		if atEnd != (len(notes) == 0) || len(notes) == 1 && !strings.Contains(notes[0], "the file ends") {
			t.Fatalf("cut at %d: notes %q", n, notes)
		}
	}
	for name, c := range map[string]struct {
		change func(b []byte) []byte
		note   string
	}{
		"another type":      {func(b []byte) []byte { b[1] = 30; return b }, "a record of type 30"},
		"no header":         {func(b []byte) []byte { b[9] = 0; return b }, "no SMF record header"},
		"too many sections": {func(b []byte) []byte { b[20] = 0xFF; return b }, "sections"},
		"section far off":   {func(b []byte) []byte { b[24] = 0xFF; return b }, "section 0 of a record"},
		"long section":      {func(b []byte) []byte { b[28], b[31] = 0xFF, 9; return b }, "longer than"},
	} {
		_, notes, err := noRDW(c.change(compose.NoRDW(two)))
		if err != nil || len(notes) != 1 || !strings.Contains(notes[0], c.note) {
			t.Errorf("%s: notes %q, error %v", name, notes, err)
		}
	}
}
