// Package smf takes the records out of an SMF dump.
//
// z/OS keeps SMF records in variable-length spanned data sets (RECFM=VBS). What
// arrives off-host depends on how the file was moved:
//
//   - unblocked: segments back to back, each behind its own four-byte descriptor
//     word (RDW or SDW). FTP in binary with "quote site rdw" gives this.
//   - blocked: the same segments inside blocks, each block behind a four-byte
//     block descriptor word (BDW), plain or extended. Reading the data set as
//     RECFM=U gives this.
//   - without any descriptor words: plain binary FTP. Where a record ends is lost;
//     records of type 119 alone can still be told apart, see [Reader.WithoutRDW].
//
// [Detect] tells them apart by content. [Reader] walks the first two and puts
// spanned records together, so that its caller sees whole records whose first
// four bytes are always a descriptor word: the offsets in IBM's tables, which
// count it, can be used as they are.
//
// Layouts: "Record Descriptor Word", "Segment Descriptor Word" and "Block
// Descriptor Word" in z/OS DFSMS Using Data Sets; "Standard SMF record header"
// in z/OS MVS System Management Facilities.
package smf

import "encoding/binary"

// Sizes of descriptor words and headers in bytes.
const (
	descriptor  = 4
	ShortHeader = 18 // up to and with the system id: records without subtypes
	Header      = 24 // with subsystem id and subtype
)

// Types of the records that the dump program writes around a dump.
const (
	TypeDumpHeader  = 2
	TypeDumpTrailer = 3
)

// Segment control codes: the two low bits of byte 2 of a descriptor word.
// "Middle" has both bits on, so codes are compared, never masked.
const (
	segmentWhole  = 0
	segmentFirst  = 1
	segmentLast   = 2
	segmentMiddle = 3
)

// Type returns the record type of a record of at least [ShortHeader] bytes.
func Type(rec []byte) byte { return rec[5] }

// Subtype returns the subtype of a record of at least [Header] bytes. Records
// without subtypes hold something else there.
func Subtype(rec []byte) uint16 { return binary.BigEndian.Uint16(rec[22:]) }

// SystemID returns the four EBCDIC characters of the SMF system id.
func SystemID(rec []byte) [4]byte { return [4]byte(rec[14:18]) }

// plausible reports whether b, the start of a record with its descriptor word,
// can be an SMF header. The packed date is what random bytes do not have.
func plausible(b []byte) bool {
	return len(b) >= ShortHeader && packedDate(b[10:14])
}

// packedDate reports whether b holds a date of the form 0cyydddF.
func packedDate(b []byte) bool {
	return b[0] <= 1 && b[1]>>4 <= 9 && b[1]&15 <= 9 && b[2]>>4 <= 3 && b[2]&15 <= 9 && b[3]>>4 <= 9 && b[3]&15 == 0xF
}
