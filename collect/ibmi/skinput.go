package ibmi

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/csvsplit"
	"github.com/irondrift/irondrift/collect/internal/ebcdic"
)

// input is one file of delimited text. Plain text, nearly every file, is split in
// the buffer it was read into, and what is behind its column names by a
// [pipeline]. UTF-16 and EBCDIC come through [collect.Lines], which translates
// them.
type input struct {
	f     *collect.File
	opts  *collect.Options
	rows  *csvsplit.Reader
	close func() error

	delimiter byte

	// Of plain text: the capture header and the line on which it ended.
	capture collect.CaptureScanner
	begin   int64

	// Of translated text.
	lines *translated

	cut       bool // the last row has no line end
	behindEnd bool // rows follow the end mark
}

// readFile counts the rows of f and says how the file ended.
func readFile(ctx context.Context, f *collect.File, opts *collect.Options, t *tally, blockSize int) (ending, error) {
	if err := ctx.Err(); err != nil {
		return ending{}, err
	}
	head, err := f.Peek()
	if err != nil {
		return ending{}, err
	}
	if o := findOutfile(head.Raw, head.All); o != nil {
		return o.read(ctx, f, head, opts, t, blockSize)
	}
	if err := refuse(f, head); err != nil {
		return ending{}, err
	}
	in, err := open(ctx, f, head, opts)
	if err != nil {
		return ending{}, err
	}
	defer in.close()
	c, err := in.header(t.aliases, head)
	if err != nil {
		return ending{}, cmpErr(in.failed(), err)
	}
	page, err := ebcdic.Lookup(cmp.Or(opts.CodePage, defaultPage))
	if err != nil {
		return ending{}, &collect.Error{File: f.Name, Offset: -1, Err: err, Advice: "name one of these"}
	}
	t.begin(f)
	if name := c.peerColumn(); name != "" {
		t.warn(in.rows.Line(), 0, "peers are read from column %s, which in some exports is the address of the journal entry's heading", name)
	}
	if c.guessed {
		t.warn(in.rows.Line()+1, 0, "%s", c.guessText())
	}
	if in.lines == nil && (!head.All || len(head.Raw) > blockSize) {
		captured := in.capture.Capture() != nil
		p := &pipeline{tally: t, size: blockSize, cut: csvsplit.Cut, parse: func() func(*block) {
			return textParser(newParser(t, c, page), csvsplit.NewPartReader(in.delimiter, opts.Limits.Line), captured)
		}}
		left := p.run(stretch{in.rows.Line(), in.rows.Offset(), in.rows.Rest()})
		in.rows = csvsplit.Resume(left.rest, in.delimiter, opts.Limits.Line, left.line, left.offset)
	}
	p := newParser(t, c, page)
	var e entry
	for in.rows.Next() {
		rec := in.rows.Record()
		if in.isCapture(rec) {
			continue
		}
		line, offset := in.place(rec)
		if !rec.Terminated && !opts.AssertComplete {
			in.cut = true
			t.ignore("last row without line end, may be cut")
			continue
		}
		e = entry{}
		p.record(rec, &e)
		t.take(&e, line, offset)
	}
	t.end(in.rows.Line())
	if err := in.failed(); err != nil {
		return ending{}, err
	}
	return in.ending(), nil
}

// cmpErr returns the first error that is one.
func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// open decides how to read the file.
func open(ctx context.Context, f *collect.File, head *collect.Head, opts *collect.Options) (*input, error) {
	in := &input{f: f, opts: opts}
	raw := head.Raw
	if opts.CodePage != "" || collect.LooksEBCDIC(raw) || bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		lines, err := f.Lines(ctx)
		if err != nil {
			return nil, err
		}
		in.lines = &translated{lines: lines}
		in.rows, in.close = csvsplit.NewReader(in.lines, ',', opts.Limits.Line), lines.Close
		return in, nil
	}
	r, err := f.Open(ctx)
	if err != nil {
		return nil, err
	}
	f.SetEncoding("utf-8")
	var src io.Reader = r
	lf := bytes.IndexByte(raw, '\n') >= 0
	if !lf || bytes.Contains(raw, []byte("\n\r")) && !bytes.Contains(raw, []byte("\r\n")) {
		src = swapped{r} // record delimiter *CR or *LFCR
	}
	in.rows, in.close = csvsplit.NewReader(src, ',', opts.Limits.Line), r.Close
	return in, nil
}

var utf8BOM = []byte{0xEF, 0xBB, 0xBF}

// header reads up to and including the column names.
func (in *input) header(aliases aliasTable, head *collect.Head) (*columns, error) {
	for first := true; ; first = false {
		line := in.rows.PeekLine()
		if line == nil {
			return nil, in.errorf(collect.ErrDamaged, "holds no column names", "take the extract again; the file may have been cut at its start")
		}
		if first {
			line = bytes.TrimPrefix(line, utf8BOM)
		}
		if in.lines == nil && in.capture.Line(line, first) {
			in.rows.SkipLine()
			in.begin = in.rows.Line()
			continue
		}
		if text := trim(line); len(text) == 0 || spreadsheetHint(text) {
			in.rows.SkipLine()
			continue
		}
		if delimiter, c := guessColumns(head.Text, head.All); c != nil {
			in.delimiter = delimiter
			in.rows.SetComma(delimiter)
			return c, nil
		}
		return in.columns(aliases, line, first)
	}
}

// columns reads the row of column names, which starts with line.
func (in *input) columns(aliases aliasTable, line []byte, first bool) (*columns, error) {
	delimiter, c := aliases.sniff(line)
	in.delimiter = delimiter
	in.rows.SetComma(delimiter)
	if !in.rows.Next() {
		return nil, in.errorf(collect.ErrDamaged, "holds no column names", "take the extract again")
	}
	rec := in.rows.Record()
	if !rec.Terminated && c.hits() > 0 {
		return nil, in.errorf(collect.ErrDamaged, "ends within its column names", "it was cut off: transfer it again, or take the extract again")
	}
	names := make([]string, len(rec.Fields))
	for i, name := range rec.Fields {
		if first && i == 0 {
			name = bytes.Trim(bytes.TrimPrefix(name, utf8BOM), `"`)
		}
		names[i] = string(name)
	}
	c = aliases.find(names)
	if missing := c.missing(); len(missing) > 0 {
		return nil, in.errorf(collect.ErrNotRecognised, "has no column for "+strings.Join(missing, ", nor for "),
			"export the file with column names; if it has them under other names, add those to column_aliases in the configuration")
	}
	return c, nil
}

func (in *input) errorf(kind error, what, advice string) error {
	return &collect.Error{File: in.f.Name, Line: max(in.rows.Line(), 1), Offset: -1, Err: fmt.Errorf("%w: %s", kind, what), Advice: advice}
}

var capturePrefix = []byte("*> ")

// isCapture takes the lines of a capture header out of the rows. Between the
// column names and the end of a file that can only be the end mark.
func (in *input) isCapture(rec *csvsplit.Record) bool {
	c := in.capture.Capture()
	if c == nil {
		return false
	}
	raw := rec.Raw()
	if len(raw) == 0 || raw[0] != '*' || !bytes.HasPrefix(raw, capturePrefix) {
		in.behindEnd = in.behindEnd || c.Lines >= 0
		return false
	}
	if !in.capture.Line(raw, false) {
		return false
	}
	c.Counted = rec.Line - in.begin - 1
	return true
}

// place returns the line and offset in the file at which a row begins.
func (in *input) place(rec *csvsplit.Record) (pos, offset int64) {
	if in.lines != nil {
		return in.lines.place(rec.Line)
	}
	return rec.Line, rec.Offset
}

// failed returns the error that ended the reading, unless what was read before
// it can be used.
func (in *input) failed() error {
	err := in.rows.Err()
	if in.lines != nil {
		err = in.lines.lines.Err()
		if errors.Is(err, collect.ErrLimit) {
			return nil // the lines before it are sound, see [collect.Lines.End]
		}
	}
	return err
}

// ending says how far the file can be relied on, as [collect.Lines.End] does.
func (in *input) ending() ending {
	if in.lines != nil {
		state, reason := in.lines.lines.End(in.opts)
		e := ending{state, reason}
		if in.lines.behindEnd {
			e = e.worse(behindEnding)
		}
		if in.cut {
			e = e.worse(cutEnding)
		}
		return e
	}
	c := in.capture.Capture()
	if c != nil {
		in.f.SetCapture(c)
	}
	switch {
	case c != nil && c.Lines < 0:
		c.Counted = in.rows.Line() - in.begin
		return ending{collect.Partial, "the end mark of the capture header is missing: the extract was cut off"}
	case c != nil && !c.Whole():
		return ending{collect.Partial, fmt.Sprintf("the end mark states %d lines, %d arrived", c.Lines, c.Counted)}
	case in.behindEnd:
		return behindEnding
	case in.cut:
		return cutEnding
	case c != nil:
		return ending{collect.Complete, ""}
	case in.opts.AssertComplete:
		return ending{collect.Complete, "asserted by the configuration"}
	}
	return openEnding
}

var (
	openEnding   = ending{collect.Open, "nothing proves that the extract did not stop early (no capture header)"}
	cutEnding    = ending{collect.Partial, "the last row has no line end and may be cut; it was left out"}
	behindEnding = ending{collect.Partial, "rows follow the end mark of the capture header"}
)

// swapped exchanges \r and \n, which turns the line ends \r and \n\r into ones
// that can be split at \n, and moves no byte.
type swapped struct{ r io.Reader }

func (s swapped) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	for i, c := range b[:n] {
		switch c {
		case '\r':
			b[i] = '\n'
		case '\n':
			b[i] = '\r'
		}
	}
	return n, err
}

// translated gives the lines of a file in another encoding as a stream, and
// remembers where in the file each line that was handed out begins.
type translated struct {
	lines *collect.Lines
	rest  []byte
	end   bool
	// behindEnd: lines follow the end mark of the capture header.
	behindEnd bool
	// places of the lines from number first on.
	places []linePlace
	first  int64
}

type linePlace struct{ pos, offset int64 }

func (t *translated) Read(b []byte) (int, error) {
	for len(t.rest) == 0 {
		if t.end || !t.lines.Next() {
			t.end = true
			return 0, io.EOF
		}
		l := t.lines.Line()
		if c := t.lines.Capture(); c != nil && c.Lines >= 0 && len(trim(l.Text)) > 0 {
			t.behindEnd = true
		}
		t.places = append(t.places, linePlace{l.Number, l.Offset})
		t.rest = append(t.rest[:0], l.Text...)
		if l.Terminated {
			t.rest = append(t.rest, '\n')
		} else if len(t.rest) == 0 {
			t.end = true
			return 0, io.EOF
		}
	}
	n := copy(b, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// place returns where line number n of the stream, from 1, stands in the file.
// Lines before it are forgotten.
func (t *translated) place(n int64) (pos, offset int64) {
	skip := n - 1 - t.first
	t.places, t.first = t.places[skip:], n-1
	return t.places[0].pos, t.places[0].offset
}
