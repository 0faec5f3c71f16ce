package compose

import (
	"encoding/binary"
	"fmt"
	"time"
)

// Flag bytes as seen in real dumps: records with subtypes carry X'5E', the
// records of the dump program X'1E'. The "new format" bit X'80' was off in all
// of them.
const (
	FlagSubtypes   = 0x5E
	FlagNoSubtypes = 0x1E
)

// SMFHeader is the standard SMF record header ("Standard SMF Record Header" in
// z/OS MVS System Management Facilities).
type SMFHeader struct {
	Flag    byte      // offset 4; zero means FlagSubtypes, or FlagNoSubtypes in a short record
	Type    byte      // offset 5, 119 for TCP/IP
	Time    time.Time // offsets 6 and 10: wall clock of the system as it is in this value, 1/100 s
	SID     string    // offset 14, up to 4 characters
	SSI     string    // offset 18, up to 4 characters
	Subtype uint16    // offset 22
}

// SMFRecord returns a record with subtypes: the 24-byte header, then body.
func SMFRecord(h SMFHeader, body []byte) []byte {
	if h.Flag == 0 {
		h.Flag = FlagSubtypes
	}
	r := h.appendShort(make([]byte, 0, 24+len(body)))
	r = appendField(r, h.SSI, 4)
	r = binary.BigEndian.AppendUint16(r, h.Subtype)
	return closeRecord(append(r, body...))
}

// SMFShortRecord returns a record without subtypes: the 18-byte header that
// ends after the system id, then body.
func SMFShortRecord(h SMFHeader, body []byte) []byte {
	if h.Flag == 0 {
		h.Flag = FlagNoSubtypes
	}
	return closeRecord(append(h.appendShort(make([]byte, 0, 18+len(body))), body...))
}

// DumpHeader returns the type 2 record that IFASMFDP and IFASMFDL write first.
// It is 18 bytes and dated with the run of the dump, not with the data.
func DumpHeader(run time.Time, sid string) []byte {
	return SMFShortRecord(SMFHeader{Type: 2, Time: run, SID: sid}, nil)
}

// DumpTrailer returns the type 3 record that ends a dump; see [DumpHeader].
func DumpTrailer(run time.Time, sid string) []byte {
	return SMFShortRecord(SMFHeader{Type: 3, Time: run, SID: sid}, nil)
}

// ForeignRecord returns a record of another type or subtype, as dumps hold when
// the selection was wide. Its body is length-24 bytes of filler and means nothing.
func ForeignRecord(h SMFHeader, length int) []byte {
	body := make([]byte, length-24)
	for i := range body {
		body[i] = byte(i*7 + int(h.Type))
	}
	return SMFRecord(h, body)
}

// appendShort appends the first 18 bytes with a record length still to be set.
func (h SMFHeader) appendShort(r []byte) []byte {
	r = append(r, 0, 0, 0, 0, h.Flag, h.Type)
	r = binary.BigEndian.AppendUint32(r, Hundredths(h.Time))
	date := PackedDate(h.Time)
	r = append(r, date[:]...)
	return appendField(r, h.SID, 4)
}

// closeRecord sets the record descriptor word: the length, then zeros.
func closeRecord(r []byte) []byte {
	if len(r) > maxRecord {
		panic(fmt.Sprintf("compose: a record of %d bytes does not fit a record descriptor word of at most %d", len(r), maxRecord))
	}
	binary.BigEndian.PutUint16(r, uint16(len(r)))
	return r
}

// maxRecord is the largest length IBM allows in a record descriptor word.
const maxRecord = 32760

// Hundredths returns the time of day of t, in its own zone, in 1/100 s.
func Hundredths(t time.Time) uint32 {
	return uint32((t.Hour()*60+t.Minute())*60+t.Second())*100 + uint32(t.Nanosecond()/10_000_000)
}

// PackedDate returns the SMF date 0cyydddF: c is 0 for 19yy and 1 for 20yy, ddd
// the day of the year. 2026-05-21 is 01 26 14 1F.
func PackedDate(t time.Time) [4]byte {
	c, yy, ddd := (t.Year()-1900)/100, t.Year()%100, t.YearDay()
	return [4]byte{
		byte(c),
		byte(yy/10<<4 | yy%10),
		byte(ddd/100<<4 | ddd/10%10),
		byte(ddd%10<<4 | 0xF),
	}
}
