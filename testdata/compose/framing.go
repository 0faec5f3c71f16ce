package compose

import (
	"encoding/binary"
	"fmt"
)

// Segment control codes, the two low bits of byte 2 of a descriptor word.
const (
	segmentWhole  = 0
	segmentFirst  = 1
	segmentLast   = 2
	segmentMiddle = 3
)

// Unblocked puts records or segments back to back, each with its descriptor
// word: what FTP in binary with "quote site rdw" delivers.
func Unblocked(records ...[]byte) []byte {
	var out []byte
	for _, r := range records {
		out = append(out, r...)
	}
	return out
}

// NoRDW drops the descriptor word of every record: what FTP in binary without
// "site rdw" delivers. The lengths are lost; offsets inside the records still
// count the four missing bytes.
func NoRDW(records ...[]byte) []byte {
	var out []byte
	for _, r := range records {
		out = append(out, r[4:]...)
	}
	return out
}

// Blocked puts whole records or segments into blocks of at most blockSize
// bytes, each block led by its block descriptor word. Nothing is split.
func Blocked(blockSize int, records ...[]byte) []byte {
	return blocked(blockSize, appendBDW, records)
}

// BlockedExtended is [Blocked] with the extended block descriptor word: bit 0
// on and a 31-bit length.
func BlockedExtended(blockSize int, records ...[]byte) []byte {
	return blocked(blockSize, func(dst []byte, length int) []byte {
		return binary.BigEndian.AppendUint32(dst, 1<<31|uint32(length))
	}, records)
}

func blocked(blockSize int, descriptor func([]byte, int) []byte, records [][]byte) []byte {
	var out, block []byte
	flush := func() {
		if len(block) > 0 {
			out = append(descriptor(out, len(block)+4), block...)
			block = block[:0]
		}
	}
	for _, r := range records {
		if len(r)+4 > blockSize {
			panic(fmt.Sprintf("compose: a record of %d bytes does not fit a block of %d; use BlockedSpanned", len(r), blockSize))
		}
		if len(block)+4+len(r) > blockSize {
			flush()
		}
		block = append(block, r...)
	}
	flush()
	return out
}

// BlockedSpanned fills every block to blockSize as access methods do for
// RECFM=VBS: a record that does not fit in the rest of a block is split, however
// small it is. A rest that could not hold one byte of data is left unused.
func BlockedSpanned(blockSize int, records ...[]byte) []byte {
	if blockSize < 9 {
		panic("compose: a block must hold its descriptor word, a segment descriptor word and one byte")
	}
	var out, block []byte
	flush := func() {
		out = append(appendBDW(out, len(block)+4), block...)
		block = block[:0]
	}
	for _, r := range records {
		data, first := r[4:], true
		for len(data) > 0 {
			room := blockSize - 4 - len(block) - 4
			if room < 1 {
				flush()
				continue
			}
			n := min(room, len(data))
			block = appendSegment(block, data[:n], first, n == len(data))
			data, first = data[n:], false
		}
	}
	if len(block) > 0 {
		flush()
	}
	return out
}

// Span splits one record at the given offsets, which count from the start of
// the record with its descriptor word, ascend, and lie inside it. Each piece
// gets a segment descriptor word: first, middle ..., last. Without offsets the
// record comes back as one whole segment. Frame the result like records.
func Span(record []byte, cuts ...int) [][]byte {
	var segments [][]byte
	from := 4
	for i := 0; i <= len(cuts); i++ {
		to := len(record)
		if i < len(cuts) {
			to = cuts[i]
		}
		if to <= from || to > len(record) {
			panic(fmt.Sprintf("compose: cannot cut a record of %d bytes at %v", len(record), cuts))
		}
		segments = append(segments, appendSegment(nil, record[from:to], i == 0, i == len(cuts)))
		from = to
	}
	return segments
}

func appendSegment(dst, data []byte, first, last bool) []byte {
	code := byte(segmentMiddle)
	switch {
	case first && last:
		code = segmentWhole
	case first:
		code = segmentFirst
	case last:
		code = segmentLast
	}
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(data)+4))
	return append(append(dst, code, 0), data...)
}

func appendBDW(dst []byte, length int) []byte {
	if length > maxRecord {
		panic(fmt.Sprintf("compose: a block of %d bytes needs an extended block descriptor word", length))
	}
	dst = binary.BigEndian.AppendUint16(dst, uint16(length))
	return append(dst, 0, 0)
}
