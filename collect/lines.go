package collect

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// Line is one line of a text extract.
type Line struct {
	Text       []byte // UTF-8 (or bytes above 0x7F as they came), without line end; valid until the next call of Next
	Number     int64  // from 1, counting every line of the file
	Offset     int64  // byte offset of the line in the file
	Terminated bool   // a line end, or a full fixed-length record, was seen
}

// At returns the origin of the line in f.
func (l Line) At(f *File) Origin {
	return Origin{File: f.Index(), Pos: l.Number, Offset: l.Offset}
}

// Lines reads a text extract line by line: ASCII, UTF-8, UTF-16, or EBCDIC with
// line ends or in fixed 80-byte records. Lines of a capture header are taken
// out and kept.
type Lines struct {
	f       *File
	r       io.ReadCloser
	sp      *splitter
	capture CaptureScanner
	line    Line
	first   bool
	err     error
}

// Lines opens the file as text. Binary data is an error.
func (f *File) Lines(ctx context.Context) (*Lines, error) {
	r, err := f.Open(ctx)
	if err != nil {
		return nil, err
	}
	raw := make([]byte, headSize)
	n, err := io.ReadFull(r, raw)
	raw = raw[:n]
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		r.Close()
		return nil, err
	}
	if n == 0 {
		r.Close()
		return nil, &Error{File: f.Name, Offset: -1, Err: ErrEmpty, Advice: "the job that writes it probably failed: look at its output, then run it again"}
	}
	enc := detectEncoding(raw, f.opts)
	if enc.err != nil || enc.binary {
		r.Close()
		if enc.err == nil {
			enc.err = fmt.Errorf("%w: holds binary data, not text", ErrDamaged)
		}
		return nil, &Error{File: f.Name, Offset: 0, Err: enc.err, Advice: "transfer it again as text (ASCII mode), or as binary if it is EBCDIC"}
	}
	f.SetEncoding(enc.name)
	limit := Limits{}.withDefaults().Line
	if f.opts != nil {
		limit = f.opts.Limits.withDefaults().Line
	}
	return &Lines{f: f, r: r, first: true, sp: newSplitter(io.MultiReader(bytes.NewReader(raw), r), enc, limit)}, nil
}

// Next reads the next line of the extract; it returns false at the end and on
// an error, see [Lines.Err].
func (l *Lines) Next() bool {
	for l.sp.next() {
		first := l.first
		l.first = false
		if l.capture.Line(l.sp.text, first) {
			l.f.info.Capture = l.capture.Capture()
			continue
		}
		l.line = Line{Text: l.sp.text, Number: l.sp.number, Offset: l.sp.start, Terminated: l.sp.terminated}
		return true
	}
	if err := l.sp.err; err != nil {
		l.err = &Error{File: l.f.Name, Line: l.sp.number, Offset: l.sp.start, Err: err, Advice: l.sp.advice}
	}
	return false
}

// Line returns the line that Next read.
func (l *Lines) Line() Line { return l.line }

// Err returns the error that ended the reading, nil at the end of the file.
func (l *Lines) Err() error { return l.err }

// Capture returns the capture header found so far, or nil.
func (l *Lines) Capture() *Capture { return l.capture.Capture() }

// Close closes the file.
func (l *Lines) Close() error { return l.r.Close() }

// End says how the file ended, in words for [Coverage]: state Complete when the
// end mark of the capture header agrees or completeness is asserted, Partial
// when lines are known to be missing or the last line was cut, else Open.
func (l *Lines) End(opts *Options) (State, string) {
	c := l.capture.Capture()
	switch {
	case l.err != nil:
		return Partial, "reading stopped: " + l.f.Describe(l.err)
	case c.Whole():
		return Complete, ""
	case c != nil && c.Lines < 0:
		return Partial, "the end mark of the capture header is missing: the extract was cut off"
	case c != nil && c.After > 0:
		return Partial, fmt.Sprintf("%d lines follow the end mark: two extracts in one file?", c.After)
	case c != nil:
		return Partial, fmt.Sprintf("the end mark states %d lines, %d arrived", c.Lines, c.Counted)
	case !l.sp.terminated:
		return Partial, "the last line has no line end and may be cut"
	case opts != nil && opts.AssertComplete:
		return Complete, "asserted by the configuration"
	}
	return Open, "nothing proves that the extract did not stop early (no capture header)"
}

// encoding is how bytes become lines.
type encoding struct {
	name   string
	page   *ebcdic.Page // nil: ASCII or UTF-8
	fixed  int          // record length of fixed-length EBCDIC, 0: line ends
	utf16  int          // 0 no, 1 little endian, 2 big endian
	bom    int          // bytes to skip at the start
	binary bool
	err    error
}

// detectEncoding looks at the head of a file. EBCDIC without line ends is taken
// as fixed 80-byte records, the form of z/VM and z/OS card-image files.
func detectEncoding(raw []byte, opts *Options) encoding {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		return encoding{name: "utf-8", bom: 3}
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return encoding{name: "utf-16le", utf16: 1, bom: 2}
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return encoding{name: "utf-16be", utf16: 2, bom: 2}
	}
	page := ""
	if opts != nil {
		page = opts.CodePage
	}
	if page == "" && !ebcdic.Looks(raw) {
		if bytes.Count(raw, []byte{0})*20 > len(raw) {
			return encoding{binary: true}
		}
		return encoding{name: "utf-8"}
	}
	if page == "" {
		page = "1047"
	}
	p, err := ebcdic.Lookup(page)
	if err != nil {
		return encoding{err: err}
	}
	if bytes.IndexByte(raw, ebcdic.NEL) >= 0 || bytes.IndexByte(raw, ebcdic.LF) >= 0 || bytes.IndexByte(raw, '\n') >= 0 {
		return encoding{name: "ibm-" + page, page: p}
	}
	return encoding{name: "ibm-" + page + " F80", page: p, fixed: 80}
}

// splitter cuts a stream into decoded lines.
type splitter struct {
	r      io.Reader
	enc    encoding
	limit  int
	buf    []byte
	lo, hi int
	base   int64 // offset in the file of buf[0]
	eof    bool

	text       []byte
	decoded    []byte
	number     int64
	start      int64
	terminated bool
	err        error
	advice     string
}

func newSplitter(r io.Reader, enc encoding, limit int) *splitter {
	return &splitter{r: r, enc: enc, limit: limit, buf: make([]byte, headSize), lo: 0, terminated: true}
}

func (s *splitter) next() bool {
	if s.err != nil {
		return false
	}
	if s.enc.bom > 0 {
		for s.hi < s.enc.bom && !s.eof {
			s.fill()
		}
		s.lo, s.enc.bom = min(s.enc.bom, s.hi), 0
	}
	scanned := 0
	for {
		if end, skip := s.lineEnd(s.buf[s.lo:s.hi], scanned); end >= 0 {
			s.take(end, skip, true)
			return true
		}
		scanned = s.hi - s.lo
		if s.eof || s.err != nil {
			break
		}
		if s.hi-s.lo > s.limit {
			s.number++
			s.start = s.base + int64(s.lo)
			s.err = fmt.Errorf("%w: line is longer than %d bytes", ErrLimit, s.limit)
			s.advice = "the file is probably not text, or lost its line ends in transfer: transfer it again as text"
			return false
		}
		s.fill()
	}
	if s.err != nil || s.lo == s.hi {
		return false
	}
	s.take(s.hi-s.lo, 0, s.enc.fixed > 0 && s.hi-s.lo == s.enc.fixed)
	return true
}

// lineEnd returns the length of the first line of b and of its line end, or -1.
// The first scanned bytes are known to hold no line end.
func (s *splitter) lineEnd(b []byte, scanned int) (end, skip int) {
	switch {
	case s.enc.fixed > 0:
		if len(b) >= s.enc.fixed {
			return s.enc.fixed, 0
		}
		return -1, 0
	case s.enc.utf16 > 0:
		for i := scanned &^ 1; i+1 < len(b); i += 2 {
			if s.unit(b[i:]) == '\n' {
				return i, 2
			}
		}
		return -1, 0
	case s.enc.page != nil:
		for i := scanned; i < len(b); i++ {
			if c := b[i]; c == ebcdic.NEL || c == ebcdic.LF || c == '\n' {
				return i, 1
			}
		}
		return -1, 0
	}
	if i := bytes.IndexByte(b[scanned:], '\n'); i >= 0 {
		return scanned + i, 1
	}
	return -1, 0
}

func (s *splitter) unit(b []byte) uint16 {
	if s.enc.utf16 == 1 {
		return uint16(b[0]) | uint16(b[1])<<8
	}
	return uint16(b[1]) | uint16(b[0])<<8
}

// take makes the next n bytes the current line.
func (s *splitter) take(n, skip int, terminated bool) {
	raw := s.buf[s.lo : s.lo+n]
	s.number++
	s.start = s.base + int64(s.lo)
	s.terminated = terminated
	s.lo += n + skip
	switch {
	case s.enc.page != nil:
		s.decoded = s.enc.page.Append(s.decoded[:0], raw)
		s.text = s.decoded
	case s.enc.utf16 > 0:
		units := make([]uint16, 0, n/2)
		for i := 0; i+1 < n; i += 2 {
			units = append(units, s.unit(raw[i:]))
		}
		s.decoded = s.decoded[:0]
		for _, r := range utf16.Decode(units) {
			s.decoded = utf8.AppendRune(s.decoded, r)
		}
		s.text = s.decoded
	default:
		s.text = raw
	}
	if len(s.text) > 0 && s.text[len(s.text)-1] == '\r' {
		s.text = s.text[:len(s.text)-1]
	}
}

func (s *splitter) fill() {
	if s.lo > 0 {
		s.base += int64(s.lo)
		s.hi = copy(s.buf, s.buf[s.lo:s.hi])
		s.lo = 0
	}
	if s.hi == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.hi:])
	s.hi += n
	if err == io.EOF {
		s.eof = true
	} else if err != nil {
		s.err = err
	}
}
