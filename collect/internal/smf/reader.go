package smf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Record is one logical record.
type Record struct {
	// Data is the record behind a descriptor word, put together when it was
	// spanned. It is valid until the next call of [Reader.Next], see [Reader.Keep].
	Data   []byte
	Number int64 // from 1, counting damaged ones
	Offset int64 // of its first segment in the file
}

// Damage says that a piece of the file is not what an access method writes. One
// Damage stands for one lost or doubtful record, or for everything behind it.
type Damage struct {
	Number int64 // of the record, as in [Record]
	Offset int64
	What   string
	Cause  string // the likely one
	// Fatal: nothing behind Offset can be read.
	Fatal bool
	// Limit: a record is larger than the reader was told to accept.
	Limit bool
}

func (d *Damage) Error() string { return d.What }

// BufferSize is how many bytes of the file are held: more than the largest
// segment, 65535 bytes, and little enough to stay in the processor's cache.
const BufferSize = 512 << 10

// Reader takes records out of a dump. A record that lies in one segment, nearly
// every one, is a slice of the reader's buffer: nothing is copied or allocated.
type Reader struct {
	r       io.Reader
	framing Framing
	max     int           // longest record in bytes
	fresh   func() []byte // see Keep

	buf    []byte
	lo, hi int
	base   int64 // offset in the file of buf[0]
	eof    bool
	err    error

	left    int // bytes of the current block that were not walked yet
	number  int64
	spanned []byte // record being put together; in use while open
	open    bool
	start   int64 // offset of its first segment
	padding int64 // offset of zeros that fill the file up, -1 when there are none
}

// NewReader returns a Reader of the dump r that refuses records of more than max
// bytes.
func NewReader(r io.Reader, max int) *Reader {
	return &Reader{r: r, max: max, padding: -1}
}

// Keep makes records stay valid behind the next call of [Reader.Next], so that
// they can be looked at by others meanwhile: when the buffer is used up, the
// reader goes on in the one that fresh returns, of [BufferSize] bytes. Every
// record returned before that lies in an earlier buffer, or in memory of its own.
// It must be called before anything is read.
func (r *Reader) Keep(fresh func() []byte) { r.fresh = fresh }

// Detect reads the beginning of the file and says how it is framed. It must be
// called once, before Next. The error is io.EOF for an empty file, a [Transfer],
// or an error of the underlying reader.
func (r *Reader) Detect() (Framing, error) {
	const head = 64 << 10
	if got := r.ensure(head); got == 0 {
		if r.err != nil {
			return 0, r.err
		}
		return 0, io.EOF
	}
	var err error
	r.framing, err = Detect(r.buf[r.lo:min(r.hi, r.lo+head)])
	return r.framing, err
}

// Padding returns the offset at which the file is filled up with zeros to its
// end, or -1. It is known once Next has returned io.EOF.
func (r *Reader) Padding() int64 { return r.padding }

// Next returns the next record; io.EOF at the end; a [Damage], after which it
// may be called again unless the damage is fatal; or an error of the underlying
// reader.
func (r *Reader) Next() (Record, error) {
	if r.framing == NoRDW {
		return r.nextNoRDW()
	}
	for {
		if r.framing == Blocked && r.left == 0 {
			more, err := r.nextBlock()
			if err != nil || !more {
				return Record{}, r.end(err)
			}
			continue
		}
		have := r.hi - r.lo
		if have < descriptor {
			if have = r.ensure(descriptor); have < descriptor {
				return Record{}, r.short(have, descriptor)
			}
		}
		b := r.buf[r.lo:r.hi]
		length, code, ok := int(binary.BigEndian.Uint16(b)), b[2], b[3] == 0
		if length <= descriptor || code > segmentMiddle || !ok {
			if r.framing == Unblocked && binary.BigEndian.Uint32(b) == 0 {
				return Record{}, r.end(r.zeros())
			}
			return Record{}, r.badSegment(length)
		}
		if r.framing == Blocked && length > r.left {
			return Record{}, r.badSegment(length)
		}
		if have < length {
			if have = r.ensure(length); have < length {
				return Record{}, r.short(have, length)
			}
			b = r.buf[r.lo:r.hi]
		}
		if code == segmentWhole && !r.open {
			rec := Record{Data: b[:length:length], Number: r.number + 1, Offset: r.base + int64(r.lo)}
			r.number++
			r.take(length)
			return rec, nil
		}
		rec, done, err := r.segment(b[:length], code)
		if done || err != nil {
			return rec, err
		}
	}
}

// segment adds a segment to the record being put together; done is true when
// the record is whole. An error leaves a segment that begins another record to
// be read again.
func (r *Reader) segment(seg []byte, code byte) (rec Record, done bool, err error) {
	at := r.base + int64(r.lo)
	switch {
	case (code == segmentWhole || code == segmentFirst) && r.open:
		r.open = false
		return rec, false, r.lost(r.start, "a spanned record has no last segment", "the dump was cut and another one appended to it")
	case code == segmentFirst:
		r.open, r.start = true, at
		r.spanned = append(r.spanned[:0], seg...)
		r.take(len(seg))
		return rec, false, nil
	case !r.open:
		r.take(len(seg))
		return rec, false, r.lost(at, "a segment continues a record whose first segment is missing", "the start of the dump, or a block of it, was lost")
	}
	if len(r.spanned)+len(seg) > r.max {
		r.open = false
		r.take(len(seg))
		d := r.lost(r.start, fmt.Sprintf("a spanned record is longer than %d bytes", r.max), "the segment codes are damaged: SMF writes nothing above 32760 bytes")
		d.Limit = true
		return rec, false, d
	}
	r.spanned = append(r.spanned, seg[descriptor:]...)
	r.take(len(seg))
	if code == segmentMiddle {
		return rec, false, nil
	}
	r.open = false
	// The descriptor word of the whole; a length that does not fit is not used.
	binary.BigEndian.PutUint16(r.spanned, uint16(min(len(r.spanned), 0xFFFF)))
	r.spanned[2], r.spanned[3] = 0, 0
	r.number++
	return Record{Data: r.own(), Number: r.number, Offset: r.start}, true, nil
}

// own returns the record that was put together, as something that stays valid
// when that is asked for.
func (r *Reader) own() []byte {
	rec := r.spanned
	if r.fresh != nil {
		r.spanned = nil
	}
	return rec
}

// nextBlock reads a block descriptor word; more is false at the end of the file.
func (r *Reader) nextBlock() (more bool, err error) {
	have := r.ensure(descriptor)
	if have == 0 {
		return false, nil
	}
	if have < descriptor {
		return false, r.short(have, descriptor)
	}
	word := r.buf[r.lo : r.lo+descriptor]
	size, ok := blockAt(word)
	if !ok {
		if binary.BigEndian.Uint32(word) == 0 {
			return false, r.zeros()
		}
		d := r.lost(r.base+int64(r.lo), fmt.Sprintf("X'%X' is not a block descriptor word", word),
			"the file was changed in transfer, or the length of the block before is wrong")
		d.Fatal = true
		return false, d
	}
	r.lo += descriptor
	r.left = size - descriptor
	return true, nil
}

// badSegment reports a descriptor word that cannot be one. In a blocked file the
// next block is still found; without blocks nothing tells where to go on.
func (r *Reader) badSegment(length int) error {
	r.open = false
	word := r.buf[r.lo : r.lo+descriptor]
	d := r.lost(r.base+int64(r.lo), fmt.Sprintf("X'%X' is not a record descriptor word", word),
		"the length of the record before is wrong, or bytes were inserted or dropped in transfer (text mode changes line ends)")
	if r.framing != Blocked {
		d.Fatal = true
		return d
	}
	if length > r.left {
		d.What = fmt.Sprintf("a segment of %d bytes does not fit the %d bytes left of its block", length, r.left)
	}
	for r.left > 0 {
		have := r.ensure(1)
		if have == 0 {
			d.Fatal = true
			break
		}
		n := min(have, r.left)
		r.lo += n
		r.left -= n
	}
	return d
}

// short reports that the file ends inside something that is want bytes long.
func (r *Reader) short(have, want int) error {
	if r.err != nil {
		return r.err
	}
	if have == 0 {
		return r.end(nil)
	}
	at := r.base + int64(r.lo)
	r.open = false
	d := r.lost(at, fmt.Sprintf("the file ends after %d of %d bytes of a record", have, want), "the transfer or the disk stopped early")
	d.Fatal = true
	return d
}

// end turns the end of the file into a damage when something was left open.
func (r *Reader) end(err error) error {
	switch {
	case err != nil:
		return err
	case r.err != nil:
		return r.err
	case r.open:
		r.open = false
		d := r.lost(r.start, "the file ends inside a spanned record", "the transfer or the disk stopped early")
		d.Fatal = true
		return d
	case r.left > 0:
		d := r.lost(r.base+int64(r.lo), fmt.Sprintf("the file ends %d bytes before the end of a block", r.left), "the transfer or the disk stopped early")
		r.left = 0
		d.Fatal = true
		return d
	}
	return io.EOF
}

func (r *Reader) lost(at int64, what, cause string) *Damage {
	r.number++
	return &Damage{Number: r.number, Offset: at, What: what, Cause: cause}
}

func (r *Reader) take(n int) {
	r.lo += n
	if r.framing == Blocked {
		r.left -= n
	}
}

// zeros consumes zeros up to the end of the file, which are padding. Zeros with
// something behind them are damage.
func (r *Reader) zeros() error {
	at := r.base + int64(r.lo)
	for r.ensure(1) > 0 {
		for ; r.lo < r.hi; r.lo++ {
			if r.buf[r.lo] != 0 {
				d := r.lost(at, fmt.Sprintf("%d zero bytes stand where a record should", r.base+int64(r.lo)-at),
					"a part of the file was never written: a transfer that was resumed, or a full disk")
				d.Fatal = true
				return d
			}
		}
	}
	r.padding = at
	return nil
}

// ensure makes at least n bytes available at lo, unless the file ends before,
// and returns how many there are.
func (r *Reader) ensure(n int) int {
	for r.hi-r.lo < n && !r.eof && r.err == nil {
		if r.lo > 0 || r.buf == nil {
			r.slide()
		}
		got, err := r.r.Read(r.buf[r.hi:])
		r.hi += got
		switch {
		case errors.Is(err, io.EOF):
			r.eof = true
		case err != nil:
			r.err = err
		}
	}
	return r.hi - r.lo
}

// slide makes room behind what was read and not handed out.
func (r *Reader) slide() {
	rest := r.buf[r.lo:r.hi]
	switch {
	case r.fresh != nil:
		r.buf = r.fresh()
	case r.buf == nil:
		r.buf = make([]byte, BufferSize)
	}
	r.base += int64(r.lo)
	r.hi = copy(r.buf, rest)
	r.lo = 0
}
