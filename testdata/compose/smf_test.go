package compose

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
	"time"
)

// wantHex compares bytes with hexadecimal text in which blanks mean nothing.
func wantHex(t *testing.T, what string, got []byte, want string) {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(want, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, b) {
		t.Errorf("%s = % X, want % X", what, got, b)
	}
}

func TestPackedDate(t *testing.T) {
	// Both dates were seen in real records: 2026 day 141, 2015 day 343.
	d := PackedDate(time.Date(2026, 5, 21, 0, 0, 0, 0, time.UTC))
	wantHex(t, "2026-05-21", d[:], "01 26 14 1F")
	d = PackedDate(time.Date(2015, 12, 9, 0, 0, 0, 0, time.UTC))
	wantHex(t, "2015-12-09", d[:], "01 15 34 3F")
	d = PackedDate(time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC))
	wantHex(t, "1999-01-01", d[:], "00 99 00 1F")
}

func TestDumpHeader(t *testing.T) {
	// 02:30:00.05 is 900005 hundredths, X'000DBBA5'; 2026-11-18 is day 322.
	run := time.Date(2026, 11, 18, 2, 30, 0, 50_000_000, time.UTC)
	wantHex(t, "header", DumpHeader(run, "PRDA"), "0012 0000 1E 02 000DBBA5 0126322F D7D9C4C1")
	wantHex(t, "trailer", DumpTrailer(run, "PRDA"), "0012 0000 1E 03 000DBBA5 0126322F D7D9C4C1")
}

func TestSMFRecord(t *testing.T) {
	h := SMFHeader{Type: 30, Time: time.Date(2026, 11, 18, 0, 0, 1, 0, time.UTC), SID: "SYS", SSI: "JES2", Subtype: 4}
	wantHex(t, "record", SMFRecord(h, []byte{0xAA}), "0019 0000 5E 1E 00000064 0126322F E2E8E240 D1C5E2F2 0004 AA")
}

// ten is a record of ten bytes whose data is 01 to 06.
var ten = []byte{0, 10, 0, 0, 1, 2, 3, 4, 5, 6}

func TestFraming(t *testing.T) {
	wantHex(t, "unblocked", Unblocked(ten, ten), "000A0000 010203040506 000A0000 010203040506")
	wantHex(t, "no RDW", NoRDW(ten, ten), "010203040506 010203040506")
	wantHex(t, "blocked, two to a block", Blocked(24, ten, ten, ten),
		"00180000 000A0000010203040506 000A0000010203040506 000E0000 000A0000010203040506")
	wantHex(t, "extended", BlockedExtended(14, ten), "8000000E 000A0000010203040506")
	wantHex(t, "span", Unblocked(Span(ten, 6, 7)...), "00060100 0102 00050300 03 00070200 040506")
	wantHex(t, "span nowhere", Unblocked(Span(ten)...), "000A0000 010203040506")
	// A block of 18 holds one record (10), and of the next a segment of no data
	// would be left (4): the second record starts in the second block.
	wantHex(t, "spanned, no room", BlockedSpanned(18, ten, ten),
		"000E0000 000A0000010203040506 000E0000 000A0000010203040506")
	wantHex(t, "spanned", BlockedSpanned(20, ten, ten),
		"00140000 000A0000010203040506 00060100 0102 000C0000 00080200 03040506")
	wantHex(t, "spanned over three blocks", BlockedSpanned(10, ten),
		"000A0000 00060100 0102 000A0000 00060300 0304 000A0000 00060200 0506")
}
