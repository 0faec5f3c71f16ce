// Package csvsplit splits delimited text into records and fields without
// copying them.
//
// It reads what encoding/csv reads, and for every input that encoding/csv
// accepts it returns the same fields: fields in double quotes may hold the
// delimiter, line ends and doubled quotes; \r\n counts as \n; empty lines are
// passed over. It differs in what it is for:
//
//   - Extracts of hundreds of megabytes. Fields are slices of one large buffer,
//     valid until the next record. A line with no quotes, or with quotes that
//     simply enclose a field, is split where it lies.
//   - Extracts that were damaged on the way. Nothing stops the reading: a quote
//     in the middle of a field is taken as text, a line longer than the limit is
//     reported and passed over, and a quote that is never closed costs the line
//     it stands on and not the rest of the file.
//   - Evidence. Every record knows its line, its offset, and whether its line
//     end was there, because a last row without one may be cut.
package csvsplit

import (
	"bytes"
	"io"
)

// bufferSize is the size of the buffer at the start. It grows only when a single
// record does not fit.
const bufferSize = 1 << 20

// DefaultLimit is the longest record when NewReader is given no limit.
const DefaultLimit = 1 << 20

// A Record is one row. Its slices are valid until the next call of
// [Reader.Next].
type Record struct {
	Fields [][]byte
	Line   int64 // from 1, of the line on which it begins
	Offset int64 // byte offset in the stream of its first byte
	// Terminated: a line end was seen behind it.
	Terminated bool
	// Unclosed: its last field starts with a quote that is not closed on the
	// same line, and no later line closes it either.
	Unclosed bool
	// TooLong: the line is longer than the limit; there are no fields.
	TooLong bool

	raw []byte
}

// Raw returns the record without its line end. When the record held doubled
// quotes the bytes behind the first of them are no longer as they were read.
func (r *Record) Raw() []byte { return r.raw }

// A Reader splits a stream. It is not safe for concurrent use.
type Reader struct {
	src   io.Reader
	comma byte
	limit int

	buf    []byte
	lo, hi int
	base   int64 // offset in the stream of buf[0]
	line   int64 // number of the line that begins at buf[lo], less one
	eof    bool
	err    error
	// oneLine: a quote was never closed, so from here on a line end ends a
	// record even between quotes.
	oneLine bool
	// part: buf is all there is, but not the end of the stream.
	part    bool
	scratch []byte
	rec     Record
}

// NewReader returns a Reader over src with fields separated by comma. A record
// longer than limit bytes is not held; zero means [DefaultLimit].
func NewReader(src io.Reader, comma byte, limit int) *Reader {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return &Reader{src: src, comma: comma, limit: limit, buf: make([]byte, bufferSize)}
}

// Resume returns a Reader over src that numbers lines as if line lines and offset
// bytes had been read before.
func Resume(src io.Reader, comma byte, limit int, line, offset int64) *Reader {
	r := NewReader(src, comma, limit)
	r.line, r.base = line, offset
	return r
}

// SetComma changes the delimiter for the records that follow, so that a caller
// can look at the first line before it decides.
func (r *Reader) SetComma(comma byte) { r.comma = comma }

// Record returns the record that Next read.
func (r *Reader) Record() *Record { return &r.rec }

// Line returns the number of lines read so far.
func (r *Reader) Line() int64 { return r.line }

// Offset returns the offset in the stream of the next record.
func (r *Reader) Offset() int64 { return r.base + int64(r.lo) }

// Rest returns what was not read yet. The Reader must not be used any more.
func (r *Reader) Rest() io.Reader {
	rest := []io.Reader{bytes.NewReader(r.buf[r.lo:r.hi])}
	switch {
	case !r.eof:
		rest = append(rest, r.src)
	case r.err != nil:
		rest = append(rest, failing{r.err})
	}
	return io.MultiReader(rest...)
}

// failing is a stream that ended with an error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Err returns the error of the underlying stream that ended the reading.
func (r *Reader) Err() error { return r.err }

// PeekLine returns the next line, whatever quotes it holds, without its line
// end and without moving on. It is nil at the end of the stream and cut at the
// limit.
func (r *Reader) PeekLine() []byte {
	n := r.lineLength()
	if n < 0 {
		n = min(r.hi-r.lo, r.limit)
		if n == 0 {
			return nil
		}
	}
	return trimCR(r.buf[r.lo : r.lo+n : r.lo+n])
}

// SkipLine moves past the line that PeekLine returned.
func (r *Reader) SkipLine() {
	n := r.lineLength()
	switch {
	case n >= 0:
		r.advance(n+1, 1)
	case !r.eof || r.hi-r.lo > r.limit:
		r.skipLong()
	default:
		r.advance(r.hi-r.lo, 1)
	}
}

// Next reads the next record; false at the end of the stream.
func (r *Reader) Next() bool {
	for {
		n := r.lineLength()
		switch {
		case n >= 0:
		case r.part:
			return false
		case !r.eof || r.hi-r.lo > r.limit:
			r.skipLong()
			return true
		case r.hi == r.lo:
			return false
		default:
			n = r.hi - r.lo
			if line := trimCR(r.buf[r.lo:r.hi]); len(line) == 0 {
				r.advance(n, 1)
				return false
			}
			if !r.simple(trimCR(r.buf[r.lo:r.hi])) {
				return r.quoted()
			}
			r.advance(n, 1)
			r.rec.Terminated = false
			return true
		}
		line := trimCR(r.buf[r.lo : r.lo+n])
		if len(line) == 0 {
			r.advance(n+1, 1)
			continue
		}
		if !r.simple(line) {
			return r.quoted()
		}
		r.advance(n+1, 1)
		return true
	}
}

// begin fills in what every record has.
func (r *Reader) begin(raw []byte) {
	r.rec.raw = raw
	r.rec.Line = r.line + 1
	r.rec.Offset = r.base + int64(r.lo)
	r.rec.Terminated = true
	r.rec.Unclosed = false
	r.rec.TooLong = false
}

// simple splits a line in which every quote that starts a field is closed
// right in front of a delimiter or the line end. It reports false for any other
// line.
func (r *Reader) simple(line []byte) bool {
	fields := r.rec.Fields[:0]
	comma := r.comma
	for i := 0; ; {
		if i < len(line) && line[i] == '"' {
			i++
			end := bytes.IndexByte(line[i:], '"')
			if end < 0 {
				return false
			}
			end += i
			fields = append(fields, line[i:end])
			i = end + 1
			if i == len(line) {
				break
			}
			if line[i] != comma {
				return false
			}
			i++
			continue
		}
		end := i
		for end < len(line) && line[end] != comma {
			end++
		}
		fields = append(fields, line[i:end])
		if end == len(line) {
			break
		}
		i = end + 1
	}
	r.rec.Fields = fields
	r.begin(line)
	return true
}

// lineLength returns the length of the next line without its line end, reading
// more as needed; -1 when there is no line end before the end of the stream or
// within the limit.
func (r *Reader) lineLength() int {
	scanned := 0
	for {
		if i := bytes.IndexByte(r.buf[r.lo+scanned:r.hi], '\n'); i >= 0 {
			if scanned+i > r.limit {
				return -1
			}
			return scanned + i
		}
		scanned = r.hi - r.lo
		if r.eof || r.part || scanned > r.limit {
			return -1
		}
		r.fill()
	}
}

// skipLong passes over a line that is longer than the limit.
func (r *Reader) skipLong() {
	r.begin(nil)
	r.rec.Fields = r.rec.Fields[:0]
	r.rec.TooLong = true
	for {
		if i := bytes.IndexByte(r.buf[r.lo:r.hi], '\n'); i >= 0 {
			r.advance(i+1, 1)
			return
		}
		r.advance(r.hi-r.lo, 0)
		if r.eof {
			r.line++
			r.rec.Terminated = false
			return
		}
		r.fill()
	}
}

func (r *Reader) advance(bytes int, lines int64) {
	r.lo += bytes
	r.line += lines
}

// fill reads more behind buf[hi], moving what is left to the front first.
func (r *Reader) fill() {
	if r.lo > 0 {
		r.base += int64(r.lo)
		r.hi = copy(r.buf, r.buf[r.lo:r.hi])
		r.lo = 0
	}
	if r.hi == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := r.src.Read(r.buf[r.hi:])
	r.hi += n
	if err != nil {
		r.eof = true
		if err != io.EOF {
			r.err = err
		}
	}
}

func trimCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}
