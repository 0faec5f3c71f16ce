package csvsplit

import "bytes"

// Cut returns the length of the longest beginning of b that ends with a line end
// and holds an even number of quotes, 0 when there is none. When b starts with a
// record and no quote stands where it should not, a record ends there, so that
// another goroutine can read on from it; [Reader.Clean] says whether that was so.
func Cut(b []byte) int {
	end := bytes.LastIndexByte(b, '\n') + 1
	even := bytes.Count(b[:end], quote)%2 == 0
	for end > 0 && !even {
		// Go back to a line end in front of an odd number of quotes.
		i := bytes.LastIndexByte(b[:end], '"')
		end = bytes.LastIndexByte(b[:i], '\n') + 1
		even = bytes.Count(b[end:i], quote)%2 == 0
	}
	return end
}

var quote = []byte{'"'}

// NewPartReader returns a Reader for parts of a stream, which it is given one by
// one with [Reader.Part].
func NewPartReader(comma byte, limit int) *Reader {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return &Reader{comma: comma, limit: limit, part: true}
}

// Part makes part what is read next. Lines and offsets count from its beginning.
// It is not changed.
func (r *Reader) Part(part []byte) {
	r.buf, r.lo, r.hi = part, 0, len(part)
	r.line, r.base = 0, 0
}

// Clean reports, when Next has returned false, whether the part ended with a
// record. If not, what begins at [Reader.Offset] must be read together with what
// follows the part, and nothing behind it can be taken for a record before that.
func (r *Reader) Clean() bool { return r.lo == r.hi }
