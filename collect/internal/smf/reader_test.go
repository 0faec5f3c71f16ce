package smf

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// unhex returns the bytes of hexadecimal digits, blanks ignored.
func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// header18 is a type 2 record: 18 bytes, flag X'1E', 01:00:00.00 on day 141 of
// 2026, system id PRDA. 360000 hundredths are X'00057E40'.
const header18 = "0012 0000 1E 02 00057E40 0126141F D7D9C4C1"

// walk reads everything; damage is written into the result in its place.
func walk(r *Reader) (records [][]byte, notes []string, err error) {
	if _, err := r.Detect(); err != nil {
		return nil, nil, err
	}
	return collectAll(r)
}

func collectAll(r *Reader) (records [][]byte, notes []string, err error) {
	for {
		rec, err := r.Next()
		var d *Damage
		switch {
		case err == io.EOF:
			return records, notes, nil
		case errors.As(err, &d):
			notes = append(notes, d.What)
			if d.Fatal {
				return records, notes, nil
			}
		case err != nil:
			return records, notes, err
		default:
			records = append(records, bytes.Clone(rec.Data))
		}
	}
}

func TestHeader(t *testing.T) {
	rec := unhex(t, header18)
	r := NewReader(bytes.NewReader(rec), 1<<20)
	framing, err := r.Detect()
	if err != nil || framing != Unblocked {
		t.Fatalf("framing %v, error %v", framing, err)
	}
	got, err := r.Next()
	if err != nil || !bytes.Equal(got.Data, rec) || got.Number != 1 || got.Offset != 0 {
		t.Fatalf("%+v, error %v", got, err)
	}
	if Type(got.Data) != TypeDumpHeader || SystemID(got.Data) != [4]byte{0xD7, 0xD9, 0xC4, 0xC1} {
		t.Errorf("type %d, system %X", Type(got.Data), SystemID(got.Data))
	}
	var c Clock
	when, ok := c.Read(got.Data)
	if want := time.Date(2026, 5, 21, 1, 0, 0, 0, time.UTC); !ok || !when.In(time.UTC).Equal(want) {
		t.Errorf("time %v (%v), want %v", when.In(time.UTC), ok, want)
	}
	zone := time.FixedZone("CEST", 2*3600)
	if want := time.Date(2026, 5, 20, 23, 0, 0, 0, time.UTC); !when.In(zone).Equal(want) {
		t.Errorf("with a zone: %v, want %v", when.In(zone).UTC(), want)
	}
}

func TestClockRefuses(t *testing.T) {
	for name, date := range map[string]string{
		"all zero": "00000000", "no date": "0000000F", "day 367": "0126367F", "sign": "0126141C", "letters": "01A6141F", "century 2": "0226141F",
	} {
		rec := unhex(t, "0012 0000 1E 02 00057E40"+date+"D7D9C4C1")
		var c Clock
		if when, ok := c.Read(rec); ok {
			t.Errorf("%s: read as %v", name, when.In(time.UTC))
		}
	}
	var c Clock
	if _, ok := c.Read(unhex(t, "0012 0000 1E 02 01057E40 0126141F D7D9C4C1")); ok {
		t.Error("17139264 hundredths are more than a day")
	}
}

// A record of 24 bytes split by hand behind the system id and behind the
// subsystem id.
func TestSpannedByHand(t *testing.T) {
	whole := "0018 0000 5E 77 00057E40 0126141F D7D9C4C1 E2E3C340 000C"
	segments := "0012 0100 5E 77 00057E40 0126141F D7D9C4C1" + // 14 bytes of data
		"0008 0300 E2E3C340" + "0006 0200 000C"
	want := unhex(t, whole)
	for name, file := range map[string]string{
		"unblocked": segments,
		// Blocks of 4+18+8 and 4+6 bytes.
		"blocked":          "001E 0000" + segments[:len("0012 0100 5E 77 00057E40 0126141F D7D9C4C1")] + "0008 0300 E2E3C340" + "000A 0000" + "0006 0200 000C",
		"extended blocked": "80000024" + segments,
	} {
		got, notes, err := walk(NewReader(bytes.NewReader(unhex(t, file)), 1<<20))
		if err != nil || len(notes) > 0 || len(got) != 1 || !bytes.Equal(got[0], want) {
			t.Errorf("%s: %X, notes %q, error %v", name, got, notes, err)
		}
	}
}

// sample returns records of many sizes.
func sample(rng *rand.Rand, n int) [][]byte {
	out := [][]byte{compose.DumpHeader(time.Date(2026, 5, 21, 1, 0, 0, 0, time.UTC), "PRDA")}
	for range n {
		out = append(out, compose.ForeignRecord(compose.SMFHeader{Type: byte(30 + rng.IntN(90)), SID: "PRDA",
			Time: time.Date(2026, 5, 21, 0, 0, rng.IntN(86400), 0, time.UTC)}, 24+rng.IntN(3000)))
	}
	return out
}

// Every framing of the same records gives the same records, however little the
// underlying reader returns at a time.
func TestFramings(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		records := sample(rng, 40)
		var cut [][]byte
		for _, r := range records {
			var at []int
			for p := 4 + 1 + rng.IntN(len(r)); p < len(r); p += 1 + rng.IntN(len(r)) {
				at = append(at, p)
			}
			cut = append(cut, compose.Span(r, at...)...)
		}
		for name, file := range map[string][]byte{
			"unblocked":                 compose.Unblocked(records...),
			"unblocked, spanned":        compose.Unblocked(cut...),
			"blocked":                   compose.Blocked(4096+rng.IntN(20000), records...),
			"extended blocks":           compose.BlockedExtended(100_000, records...),
			"blocked, spanned":          compose.BlockedSpanned(64+rng.IntN(4000), records...),
			"blocked, spanned at will":  compose.Blocked(8000, cut...),
			"extended blocks, one only": compose.BlockedExtended(10_000_000, cut...),
		} {
			got, notes, err := walk(NewReader(iotest.HalfReader(bytes.NewReader(file)), 1<<20))
			if err != nil || len(notes) > 0 {
				t.Fatalf("seed %d, %s: notes %q, error %v", seed, name, notes, err)
			}
			if len(got) != len(records) {
				t.Fatalf("seed %d, %s: %d records, want %d", seed, name, len(got), len(records))
			}
			for i := range got {
				if !bytes.Equal(got[i], records[i]) {
					t.Fatalf("seed %d, %s: record %d differs", seed, name, i+1)
				}
			}
		}
	}
}

// A dump that is cut anywhere but between two records says so.
func TestCut(t *testing.T) {
	records := sample(rand.New(rand.NewPCG(3, 3)), 5)
	whole := map[int]bool{0: true}
	file := []byte{}
	for _, r := range records {
		file = append(file, r...)
		whole[len(file)] = true
	}
	for n := 1; n < len(file); n++ {
		_, notes, err := walk(NewReader(bytes.NewReader(file[:n]), 1<<20))
		if noticed := err != nil || len(notes) > 0; noticed == whole[n] {
			t.Fatalf("cut at %d: noticed %v (%v, %q)", n, noticed, err, notes)
		}
	}
	blocked := compose.Blocked(4000, records...)
	for n := 4; n < len(blocked); n++ {
		_, notes, err := walk(NewReader(bytes.NewReader(blocked[:n]), 1<<20))
		if size, _ := blockAt(blocked); err == nil && len(notes) == 0 && n != size {
			// Only between blocks can a cut go unnoticed.
			rest := blocked[:n]
			for len(rest) > 0 {
				size, _ := blockAt(rest)
				if size > len(rest) {
					t.Fatalf("blocked, cut at %d: not noticed", n)
				}
				rest = rest[size:]
			}
		}
	}
}

func TestDamage(t *testing.T) {
	a, b, c := sample(rand.New(rand.NewPCG(1, 2)), 1)[1], sample(rand.New(rand.NewPCG(2, 2)), 1)[1], sample(rand.New(rand.NewPCG(3, 2)), 1)[1]
	long := bytes.Clone(b)
	long[0] += 0x10 // 4096 bytes too many
	half := compose.Span(b, 100, 200)
	for _, x := range []struct {
		name    string
		file    []byte
		records int
		notes   []string // beginnings
	}{
		{"zero padding", slice(a, b, make([]byte, 500)), 2, nil},
		{"zeros in between", slice(a, make([]byte, 500), b), 1, []string{"500 zero bytes"}},
		{"zero padding of blocks", slice(compose.Blocked(9000, a, b), make([]byte, 300)), 2, nil},
		{"wrong length", slice(a, long, c, sample(rand.New(rand.NewPCG(9, 9)), 3)[1]), 2, []string{"X'"}},
		{"wrong length in a block", slice(compose.Blocked(9000, a), compose.Blocked(9000, long, c), compose.Blocked(9000, b)), 2, []string{"a segment of"}},
		{"no last segment", slice(a, half[0], half[1], c), 2, []string{"a spanned record has no last"}},
		{"no first segment", slice(a, half[1], half[2], c), 2, []string{"a segment continues", "a segment continues"}},
		{"ends in a spanned record", slice(a, half[0]), 1, []string{"the file ends inside a spanned"}},
		{"bad block descriptor", slice(compose.Blocked(9000, a), []byte{0, 1, 2, 3, 4, 5, 6, 7}), 1, []string{"X'00010203' is not a block"}},
	} {
		got, notes, err := walk(NewReader(bytes.NewReader(x.file), 1<<20))
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		if len(got) != x.records {
			t.Errorf("%s: %d records, want %d", x.name, len(got), x.records)
		}
		if len(notes) != len(x.notes) {
			t.Errorf("%s: notes %q, want %q", x.name, notes, x.notes)
			continue
		}
		for i := range notes {
			if !strings.HasPrefix(notes[i], x.notes[i]) {
				t.Errorf("%s: note %q, want %q", x.name, notes[i], x.notes[i])
			}
		}
	}
}

func slice(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func TestLimit(t *testing.T) {
	record := sample(rand.New(rand.NewPCG(1, 2)), 1)[1]
	segments := compose.Span(record, 30)
	endless := bytes.Clone(segments[0])
	for range 100 {
		middle := bytes.Clone(segments[1])
		middle[2] = segmentMiddle
		endless = append(endless, middle...)
	}
	r := NewReader(bytes.NewReader(endless), 4*len(record))
	if _, err := r.Detect(); err != nil {
		t.Fatal(err)
	}
	_, err := r.Next()
	var d *Damage
	if !errors.As(err, &d) || !d.Limit || d.Offset != 0 {
		t.Errorf("error %v (%+v)", err, d)
	}
}

func TestDiagnosis(t *testing.T) {
	records := sample(rand.New(rand.NewPCG(1, 2)), 3)
	for name, x := range map[string]struct {
		file []byte
		want string
		smf  bool
	}{
		"no descriptor words": {compose.NoRDW(records...), "record descriptor words are missing", true},
		"gzip":                {unhex(t, "1F8B0800 00000000"), "compressed", false},
		"text":                {[]byte("USER MAINT NOLOG\nUSER TCPIP NOLOG\n"), "does not begin with", false},
		"one byte":            {[]byte{0}, "does not begin with", false},
	} {
		_, err := Detect(x.file)
		var tr *Transfer
		if !errors.As(err, &tr) || !strings.Contains(tr.Cause, x.want) || tr.SMF != x.smf || tr.Advice == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzReader feeds any bytes: the reader must end, give records only from inside
// the file and in order, and never panic.
func FuzzReader(f *testing.F) {
	rng := rand.New(rand.NewPCG(1, 1))
	records := sample(rng, 4)
	f.Add(compose.Unblocked(records...))
	f.Add(compose.Blocked(4000, records...))
	f.Add(compose.BlockedSpanned(200, records...))
	f.Add(compose.NoRDW(records...))
	f.Add(unhex(f, "80000024 0012 0100 5E 77 00057E40 0126141F D7D9C4C1 0008 0300 E2E3C340 0006 0200 000C"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(bytes.NewReader(data), 1<<16)
		if _, err := r.Detect(); err != nil {
			return
		}
		number, offset := int64(0), int64(-1)
		for {
			rec, err := r.Next()
			var d *Damage
			switch {
			case err == io.EOF:
				return
			case errors.As(err, &d):
				if number++; d.Number != number || d.Offset < 0 || d.Offset > int64(len(data)) {
					t.Fatalf("damage %+v after number %d in %d bytes", d, number-1, len(data))
				}
				if d.Fatal {
					return
				}
				continue
			case err != nil:
				t.Fatal(err)
			}
			if number++; rec.Number != number || rec.Offset <= offset || rec.Offset+5 > int64(len(data)) || len(rec.Data) < 5 {
				t.Fatalf("record %d at %d of %d bytes after number %d at %d in %d bytes", rec.Number, rec.Offset, len(rec.Data), number-1, offset, len(data))
			}
			offset = rec.Offset
		}
	})
}

// Kept records are what they were when everything behind them has been read, and
// lie in buffers that the caller gave.
func TestKeep(t *testing.T) {
	var records [][]byte
	for i := range 3000 {
		records = append(records, compose.ZERTSummary{Header: compose.SMFHeader{Time: time.Unix(int64(i), 0), SID: "PRDA"}}.Record())
	}
	for name, file := range map[string][]byte{
		"unblocked": compose.Unblocked(records...),
		"blocked":   compose.Blocked(32760, records...),
		"spanned":   compose.BlockedSpanned(700, records...),
	} {
		buffers := 0
		r := NewReader(iotest.HalfReader(bytes.NewReader(file)), 1<<20)
		r.Keep(func() []byte { buffers++; return make([]byte, BufferSize) })
		if _, err := r.Detect(); err != nil {
			t.Fatal(err)
		}
		var kept [][]byte
		for {
			rec, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, rec.Data)
		}
		if len(kept) != len(records) || buffers < len(file)/BufferSize {
			t.Fatalf("%s: %d records in %d buffers", name, len(kept), buffers)
		}
		for i := range kept {
			// The descriptor word of a spanned record is put together.
			if !bytes.Equal(kept[i], records[i]) {
				t.Fatalf("%s: record %d changed", name, i)
			}
		}
	}
}

// A time between two readings of the clock bounds from the later one on.
func TestHundredthsOf(t *testing.T) {
	at := time.Date(2026, 11, 18, 22, 0, 0, 0, time.FixedZone("CET", 3600))
	h := HundredthsOf(at)
	if got := h.In(time.UTC); !got.Equal(time.Date(2026, 11, 18, 22, 0, 0, 0, time.UTC)) {
		t.Errorf("%s for %s: what the clock shows counts, not its zone", got, at)
	}
	for add, want := range map[time.Duration]Hundredths{1: 1, 10 * time.Millisecond: 1, 10*time.Millisecond + 1: 2, -1: 0, -10 * time.Millisecond: -1} {
		if got := HundredthsOf(at.Add(add)) - h; got != want {
			t.Errorf("%s later: %d readings, want %d", add, got, want)
		}
	}
}
