package smf

import (
	"encoding/binary"
	"fmt"
)

// NoRDW is the framing of a dump whose descriptor words were dropped: records
// back to back, without anything that says where one ends. It is never detected;
// a caller asks for it, see [Reader.WithoutRDW].
const NoRDW Framing = -1

// WithoutRDW tells the reader, instead of [Reader.Detect], that the descriptor
// words are missing. Where a record of type 119 ends follows from its
// self-defining section: behind the section that reaches furthest. The records of
// the dump program have a fixed length. Any other record ends the reading, since
// its length is lost: only dumps selected with TYPE(119) can be read so.
//
// The offsets in a record still count the four missing bytes, which the reader
// puts back.
func (r *Reader) WithoutRDW() { r.framing = NoRDW }

// nextNoRDW returns the record at lo.
func (r *Reader) nextNoRDW() (Record, error) {
	at := r.base + int64(r.lo)
	have := r.ensure(ShortHeader - descriptor)
	if have == 0 {
		return Record{}, r.end(nil)
	}
	for want := ShortHeader - descriptor; ; {
		if have = r.ensure(want); have < want {
			return Record{}, r.short(have, want)
		}
		length, more, err := recordLength(r.buf[r.lo:r.hi])
		switch {
		case err != nil:
			d := r.lost(at, err.Error(), "records of other types stand between, or the record before is damaged; without descriptor words neither can be passed over")
			d.Fatal = true
			return Record{}, d
		case length > r.max || more > BufferSize:
			d := r.lost(at, fmt.Sprintf("a record is longer than %d bytes", min(r.max, BufferSize)), "its self-defining section is damaged")
			d.Fatal, d.Limit = true, true
			return Record{}, d
		case more > 0:
			want = more
			continue
		}
		r.spanned = append(r.spanned[:0], 0, 0, 0, 0)
		r.spanned = append(r.spanned, r.buf[r.lo:r.lo+length]...)
		binary.BigEndian.PutUint16(r.spanned, uint16(min(len(r.spanned), 0xFFFF)))
		r.lo += length
		r.number++
		return Record{Data: r.own(), Number: r.number, Offset: at}, nil
	}
}

const (
	typeTCPIP      = 119
	subtypeDetail  = 11
	subtypeSummary = 12
	selfDefining   = Header - descriptor     // number of triplets
	firstTriplet   = Header + 4 - descriptor // offset, length, number
	maxTriplets    = 64
)

// recordLength returns the length of the record at the start of b, which has no
// descriptor word; or how many bytes are needed to tell.
func recordLength(b []byte) (length, need int, err error) {
	if !packedDate(b[6:10]) {
		return 0, 0, fmt.Errorf("no SMF record header stands here")
	}
	switch t := b[1]; t {
	case TypeDumpHeader, TypeDumpTrailer:
		return ShortHeader - descriptor, 0, nil
	case typeTCPIP:
	default:
		return 0, 0, fmt.Errorf("a record of type %d stands here, whose length is not known", t)
	}
	if len(b) < firstTriplet {
		return 0, firstTriplet, nil
	}
	triplets := int(binary.BigEndian.Uint16(b[selfDefining:]))
	if triplets == 0 || triplets > maxTriplets {
		return 0, 0, fmt.Errorf("a record has %d sections", triplets)
	}
	end := firstTriplet + 8*triplets
	if len(b) < end {
		return 0, end, nil
	}
	subtype := binary.BigEndian.Uint16(b[Header-descriptor-2:])
	for i := range triplets {
		t := b[firstTriplet+8*i:]
		at, size, number := uint64(binary.BigEndian.Uint32(t)), uint64(binary.BigEndian.Uint16(t[4:])), uint64(binary.BigEndian.Uint16(t[6:]))
		if number == 0 {
			continue
		}
		if at < firstTriplet+descriptor || at+size*number > 1<<20 {
			return 0, 0, fmt.Errorf("section %d of a record has %d bytes at %d, %d times", i, size, at, number)
		}
		if i != namesTriplet(subtype) {
			end = max(end, int(at+size*number)-descriptor)
			continue
		}
		// Certificate names have lengths of their own; what the triplet says is
		// not documented.
		next := int(at) - descriptor
		for range number {
			if len(b) < next+4 {
				return 0, next + 4, nil
			}
			n := int(binary.BigEndian.Uint16(b[next:]))
			if n < 4 {
				return 0, 0, fmt.Errorf("a certificate name has a length of %d", n)
			}
			next += n
		}
		end = max(end, next)
	}
	if len(b) < end {
		return 0, end, nil
	}
	return end, 0, nil
}

// namesTriplet returns the triplet of the certificate names of a subtype, -1 when
// it has none.
func namesTriplet(subtype uint16) int {
	switch subtype {
	case subtypeDetail:
		return 6
	case subtypeSummary:
		return 5
	}
	return -1
}
