package smf

import (
	"bytes"
	"encoding/binary"
)

// Framing is how records lie in a file.
type Framing int

// The framings a [Reader] can walk.
const (
	Unblocked Framing = iota + 1 // descriptor word, segment, descriptor word, segment ...
	Blocked                      // block descriptor word, then as above up to its length
)

func (f Framing) String() string {
	switch f {
	case Blocked:
		return "blocked (BDW and RDW)"
	case NoRDW:
		return "without descriptor words"
	}
	return "unblocked (RDW)"
}

// A Transfer error says that a file is not a readable SMF dump, what probably
// happened to it, and how to get a readable one.
type Transfer struct {
	Cause  string
	Advice string
	// SMF reports whether the bytes show that it once was a dump.
	SMF bool
}

func (t *Transfer) Error() string { return t.Cause }

const howToTransfer = "transfer the dump again in binary mode with its record descriptor words: " +
	"FTP \"binary\", then \"quote site rdw\", then \"get\"; or copy the data set as RECFM=U and transfer that in binary"

// Detect says how the file that begins with head is framed. The head should be
// 64 KiB or the whole file. The error is a [Transfer].
func Detect(head []byte) (Framing, error) {
	// A block descriptor word looks like a record descriptor word and blocks
	// chain as records do, so blocked is tried first: it asks for more.
	if looksBlocked(head) {
		return Blocked, nil
	}
	if looksUnblocked(head) {
		return Unblocked, nil
	}
	return 0, diagnose(head)
}

// segmentAt reads the descriptor word at the start of b.
func segmentAt(b []byte) (length int, code byte, ok bool) {
	if len(b) < descriptor {
		return 0, 0, false
	}
	length, code = int(binary.BigEndian.Uint16(b)), b[2]
	return length, code, length > descriptor && code <= segmentMiddle && b[3] == 0
}

// blockAt reads the block descriptor word at the start of b. With bit 0 on it is
// an extended one and holds a 31-bit length.
func blockAt(b []byte) (length int, ok bool) {
	word := binary.BigEndian.Uint32(b)
	if word>>31 == 1 {
		length = int(word & 0x7FFFFFFF)
		return length, length >= descriptor
	}
	return int(word >> 16), word&0xFFFF == 0 && word>>16 >= descriptor
}

// looksUnblocked walks segments until it has the header of a record, which may
// itself be spread over several. A file may begin with the rest of a record
// whose start is missing.
func looksUnblocked(b []byte) bool {
	var header []byte
	for range 40 {
		length, code, ok := segmentAt(b)
		switch {
		case !ok:
			return false
		case code == segmentWhole || code == segmentFirst:
			header = append(header[:0], b[:min(length, len(b))]...)
		case header != nil:
			header = append(header, b[descriptor:min(length, len(b))]...)
		}
		if len(header) >= ShortHeader {
			return plausible(header) && follows(b, length)
		}
		if length >= len(b) {
			return false
		}
		b = b[length:]
	}
	return false
}

// follows reports whether what lies length bytes into b, if b reaches that far,
// is the descriptor word of another segment or padding.
func follows(b []byte, length int) bool {
	if len(b) < length+descriptor {
		return true
	}
	_, _, ok := segmentAt(b[length:])
	return ok || binary.BigEndian.Uint32(b[length:]) == 0
}

// looksBlocked demands that the segments of the first block that starts a record
// chain exactly to the end of their block, as far as b reaches.
func looksBlocked(b []byte) bool {
	for range 4 {
		if len(b) < descriptor {
			return false
		}
		size, ok := blockAt(b)
		if !ok {
			return false
		}
		rest, header := b[descriptor:min(size, len(b))], false
		for at := descriptor; at < size && len(rest) >= descriptor; {
			length, code, ok := segmentAt(rest)
			if !ok || at+length > size {
				return false
			}
			if code == segmentWhole || code == segmentFirst {
				// A short first segment may end inside the header.
				if length >= ShortHeader && len(rest) >= ShortHeader {
					if !plausible(rest) {
						return false
					}
					header = true
				}
			}
			at += length
			rest = rest[min(length, len(rest)):]
		}
		if header {
			return true
		}
		if size >= len(b) {
			return false
		}
		b = b[size:]
	}
	return false
}

// diagnose says what is wrong with a file that no framing fits.
func diagnose(head []byte) *Transfer {
	switch {
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}), bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return &Transfer{Cause: "the file is compressed (gzip or zip)", Advice: "unpack it in binary and collect the result"}
	case lostDescriptors(head):
		return &Transfer{SMF: true,
			Cause:  "the record descriptor words are missing: an SMF header starts at offset 0, so nothing tells where records end; FTP drops them unless told otherwise",
			Advice: howToTransfer}
	case translated(head):
		return &Transfer{SMF: true,
			Cause:  "the file was translated from EBCDIC to ASCII on its way; binary fields cannot be recovered from that",
			Advice: howToTransfer}
	}
	return &Transfer{
		Cause:  "the file does not begin with a record or block descriptor word and an SMF record header",
		Advice: howToTransfer + "; if it was packed with AMATERSE (.TRS) or another tool, unpack it on z/OS first",
	}
}

// lostDescriptors reports whether head begins with an SMF header four bytes
// earlier than it should.
func lostDescriptors(head []byte) bool {
	if len(head) < ShortHeader-descriptor || !packedDate(head[6:10]) {
		return false
	}
	for _, c := range head[10:14] { // the system id, in EBCDIC
		if c != 0x40 && c < 0xC1 && c != 0x5B && c != 0x7B && c != 0x7C {
			return false
		}
	}
	return true
}

// translated reports whether head is a binary record whose text fields became
// ASCII: blanks are 0x20 and not 0x40, beside bytes that no text has.
func translated(head []byte) bool {
	blanks, ebcdicBlanks := bytes.Count(head, []byte{' '}), bytes.Count(head, []byte{0x40})
	return blanks >= 4 && blanks > 4*ebcdicBlanks && bytes.IndexByte(head, 0) >= 0
}
