package csvsplit

import "bytes"

// quoted reads the record at buf[lo] the careful way: with doubled quotes, with
// quotes that enclose line ends, and with quotes that stand where they should
// not. First the end of the record is found, then its fields are unescaped in
// place, which can only make them shorter.
func (r *Reader) quoted() bool {
	for {
		n, found := r.recordEnd(r.buf[r.lo:r.hi])
		far := n > r.limit || !found && r.hi-r.lo > r.limit
		switch {
		case r.part && (!found || far):
			return false // only the rest of the stream can tell
		case found && !far:
			raw := r.buf[r.lo : r.lo+n]
			lines := int64(bytes.Count(raw, newline))
			terminated := r.lo+n < r.hi
			if r.part {
				r.scratch = append(r.scratch[:0], raw...)
				raw = r.scratch
			}
			r.begin(trimCR(raw))
			r.rec.Terminated = terminated
			r.unescape(r.rec.raw)
			if terminated {
				n++
			}
			r.advance(n, lines+1)
			return true
		case !far && !r.eof:
			r.fill()
			continue
		}
		// The quote is not closed by the end of the stream, or so far away
		// that it is a stray one.
		if !r.oneLine && bytes.IndexByte(r.buf[r.lo:r.hi], '\n') >= 0 {
			r.oneLine = true
			continue
		}
		raw := r.buf[r.lo:r.hi]
		r.begin(trimCR(raw))
		r.rec.Terminated = false
		r.unescape(r.rec.raw)
		r.advance(len(raw), 1)
		return true
	}
}

var newline = []byte{'\n'}

// recordEnd returns the length of the first record of b without its final \n.
// found is false when b ends first and is not the end of the stream, or when a
// quote is not closed in b; the caller then reads on.
func (r *Reader) recordEnd(b []byte) (n int, found bool) {
	if r.oneLine {
		n = bytes.IndexByte(b, '\n')
		return n, n >= 0
	}
	for i := 0; ; {
		if i < len(b) && b[i] == '"' {
			var closed bool
			if i, closed = r.closing(b, i+1); !closed {
				return 0, false
			}
		} else {
			for i < len(b) && b[i] != r.comma && b[i] != '\n' {
				i++
			}
		}
		switch {
		case i == len(b):
			return i, r.eof
		case b[i] == '\n':
			return i, true
		case b[i] == '\r': // behind a closing quote, with \n next
			return i + 1, true
		}
		i++
	}
}

// closing returns the index behind the quote that closes a field whose content
// starts at b[i]. A quote closes when the delimiter or a line end follows.
func (r *Reader) closing(b []byte, i int) (int, bool) {
	for {
		q := bytes.IndexByte(b[i:], '"')
		if q < 0 {
			return 0, false
		}
		i += q + 1
		switch {
		case i == len(b):
			return i, r.eof
		case b[i] == '"':
			i++
		case b[i] == r.comma, b[i] == '\n':
			return i, true
		case b[i] == '\r':
			if i+1 == len(b) {
				return i, r.eof
			}
			if b[i+1] == '\n' {
				return i, true
			}
		}
	}
}

// unescape splits a whole record, given without its final line end.
func (r *Reader) unescape(b []byte) {
	fields := r.rec.Fields[:0]
	for i := 0; ; {
		if i == len(b) || b[i] != '"' {
			end := i
			for end < len(b) && b[end] != r.comma {
				end++
			}
			fields = append(fields, b[i:end])
			if i = end; i == len(b) {
				break
			}
			i++
			continue
		}
		i++
		start, out := i, i
		closed := false
		for i < len(b) && !closed {
			c := b[i]
			i++
			switch {
			case c == '\r' && i < len(b) && b[i] == '\n':
				continue
			case c != '"':
			case i == len(b) || b[i] == r.comma:
				closed = true
				continue
			case b[i] == '"':
				i++
			}
			b[out] = c
			out++
		}
		fields = append(fields, b[start:out])
		r.rec.Unclosed = !closed
		if i == len(b) {
			break
		}
		i++
	}
	r.rec.Fields = fields
}
