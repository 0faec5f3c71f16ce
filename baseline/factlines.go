package baseline

import (
	"bytes"
	"fmt"
	"io"

	"github.com/irondrift/irondrift/collect"
)

// factLines reads the lines of facts for a merge. Most lines of two nights are
// the same, so it finds the key only when asked, and lets the merge pass over a
// line that stands in both buffers without looking for its end twice. Slices
// are valid until the next call of next or skip.
type factLines struct {
	side string // for messages
	r    io.ReadCloser
	buf  []byte
	pos  int // start of the line behind the current one
	end  int // end of what is buffered
	n    int64
	line []byte // nil at the end
	key  []byte
	form []byte
	prev []byte // the key before
	keep []byte // holds prev when its buffer is reused
	err  error
}

// factBuffer is what one side of a merge holds; a longer line makes it grow.
const factBuffer = 256 << 10

// factLineLimit is longer than the line of any set that a source records.
const factLineLimit = 64 << 20

func openFactLines(side string, p *collect.Part) (*factLines, error) {
	r, err := p.FactsBlob()
	if err != nil {
		return nil, err
	}
	return &factLines{side: side, r: r, buf: make([]byte, factBuffer)}, nil
}

// next moves to the next line; false at the end and on an error.
func (l *factLines) next() bool {
	i := bytes.IndexByte(l.buf[l.pos:l.end], '\n')
	if i < 0 {
		if i = l.fill(); i < 0 {
			return false
		}
	}
	l.prev = l.key
	l.line = l.buf[l.pos : l.pos+i]
	l.pos += i + 1
	l.n++
	return true
}

// fill reads until a whole line is buffered and returns its length, or -1.
func (l *factLines) fill() int {
	l.keep = append(l.keep[:0], l.key...)
	l.key = l.keep
	copy(l.buf, l.buf[l.pos:l.end])
	l.end -= l.pos
	l.pos = 0
	for l.err == nil {
		if l.end == len(l.buf) {
			if len(l.buf) >= factLineLimit {
				l.err = fmt.Errorf("the %s facts: line %d: %w: longer than %d bytes", l.side, l.n+1, collect.ErrLimit, factLineLimit)
				break
			}
			l.buf = append(l.buf, make([]byte, len(l.buf))...)
		}
		n, err := l.r.Read(l.buf[l.end:])
		i := bytes.IndexByte(l.buf[l.end:l.end+n], '\n')
		l.end += n
		l.err = err
		if i >= 0 {
			if err == io.EOF {
				l.err = nil // it will say so again
			}
			return l.end - n + i
		}
	}
	l.line, l.form = nil, nil
	if l.err == io.EOF {
		l.err = nil
		if l.end > 0 {
			l.err = fmt.Errorf("the %s facts: line %d is cut off", l.side, l.n+1)
		}
	}
	return -1
}

// nextLike is next for the usual case that the line is the one other stands at:
// it reports whether it is.
func (l *factLines) nextLike(other *factLines) (same, ok bool) {
	n := len(other.line)
	if rest := l.buf[l.pos:l.end]; len(rest) > n && rest[n] == '\n' && bytes.Equal(rest[:n], other.line) {
		l.prev = l.key
		l.line = rest[:n]
		l.pos += n + 1
		l.n++
		return true, true
	}
	if !l.next() {
		return false, false
	}
	return bytes.Equal(l.line, other.line), true
}

// split finds key and form of the current line and checks that the key sorts
// after the one before.
func (l *factLines) split() bool {
	if len(l.line) > 0 && l.line[0] == '"' {
		key, form, err := collect.SplitLine(l.line)
		if err != nil {
			l.err = fmt.Errorf("the %s facts: line %d: %w", l.side, l.n, err)
			return false
		}
		l.key, l.form = key, form
	} else {
		for at := 0; ; {
			i := bytes.IndexByte(l.line[at:], ':')
			if i < 0 || at+i == 0 || at+i+1 == len(l.line) {
				l.err = fmt.Errorf("the %s facts: line %d is not of the form \"key: value\"", l.side, l.n)
				return false
			}
			if at += i + 1; l.line[at] == ' ' {
				l.key, l.form = l.line[:at-1], l.line[at+1:]
				break
			}
		}
	}
	if len(l.form) == 0 {
		l.err = fmt.Errorf("the %s facts: line %d: value is empty", l.side, l.n)
		return false
	}
	if bytes.Compare(l.prev, l.key) >= 0 {
		l.err = fmt.Errorf("the %s facts: line %d: key %q does not sort after %q", l.side, l.n, l.key, l.prev)
		return false
	}
	return true
}

// splitLike is split for a line that is the same as the one other stands at,
// which was split. Its order needs no check: the key before it on this side is
// the one before it over there, or was found to be smaller in the merge.
func (l *factLines) splitLike(other *factLines) {
	l.form = other.form
	if l.line[0] == '"' {
		l.key = append(l.keep[:0:0], other.key...)
		return
	}
	l.key = l.line[:len(other.key)]
}

func (l *factLines) value() (collect.Key, collect.Value, error) {
	key := collect.Key(l.key)
	v, err := collect.ParseForm(l.form, collect.Keys().Type(key))
	if err != nil {
		err = fmt.Errorf("the %s facts: line %d: %w", l.side, l.n, err)
	}
	return key, v, err
}
