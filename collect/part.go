package collect

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// Opener opens a stream from its start; it may be called any number of times.
type Opener func() (io.ReadCloser, error)

// Part is what one source said about one system at one time.
type Part struct {
	Header Header
	// FactsBlob is the canonical facts: sorted lines `key: value`.
	FactsBlob Opener
	// ProvenanceBlob is where each key was read, and the metrics. Nil when an
	// export was read back, which does not carry them.
	ProvenanceBlob Opener
	close          func()
}

// Close frees temporary files of a part that was just collected.
func (p *Part) Close() {
	if p.close != nil {
		p.close()
	}
}

// Facts streams the facts in key order.
func (p *Part) Facts() (*FactReader, error) {
	r, err := p.FactsBlob()
	if err != nil {
		return nil, err
	}
	return NewFactReader(r), nil
}

// Provenance streams the origins and metrics in key order; a part without
// provenance has none.
func (p *Part) Provenance() (*ProvenanceReader, error) {
	if p.ProvenanceBlob == nil {
		return &ProvenanceReader{lines: lineReader{r: bufio.NewReader(bytes.NewReader(nil))}}, nil
	}
	r, err := p.ProvenanceBlob()
	if err != nil {
		return nil, err
	}
	return &ProvenanceReader{lines: lineReader{r: bufio.NewReaderSize(r, 256<<10), c: r}}, nil
}

// lineReader reads lines of any length and counts them.
type lineReader struct {
	r    *bufio.Reader
	c    io.Closer
	n    int64
	long []byte
}

// next returns the next line without its line end; nil at the end.
func (l *lineReader) next() ([]byte, error) {
	line, err := l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		l.long = append(l.long[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = l.r.ReadSlice('\n')
			l.long = append(l.long, line...)
		}
		line = l.long
	}
	if err == io.EOF && len(line) == 0 {
		return nil, nil
	}
	l.n++
	if err == io.EOF {
		return nil, fmt.Errorf("line %d is cut off", l.n)
	}
	if err != nil {
		return nil, err
	}
	return line[:len(line)-1], nil
}

func (l *lineReader) close() error {
	if l.c == nil {
		return nil
	}
	return l.c.Close()
}

// FactReader reads sorted lines `key: value`. What it returns is valid until
// the next call of Next.
type FactReader struct {
	lines     lineReader
	key, form []byte
	last      []byte
	err       error
}

// NewFactReader reads facts from r, which it closes.
func NewFactReader(r io.ReadCloser) *FactReader {
	return &FactReader{lines: lineReader{r: bufio.NewReaderSize(r, 256<<10), c: r}}
}

// Next reads the next fact; false at the end and on an error, see Err.
func (r *FactReader) Next() bool {
	if r.err != nil {
		return false
	}
	r.last = append(r.last[:0], r.key...) // the key lies in the buffer that next refills
	line, err := r.lines.next()
	if line == nil {
		r.err = err
		return false
	}
	if r.key, r.form, err = SplitLine(line); err != nil {
		r.err = fmt.Errorf("facts: line %d: %w", r.lines.n, err)
		return false
	}
	if r.lines.n > 1 && bytes.Compare(r.last, r.key) >= 0 {
		r.err = fmt.Errorf("facts: line %d: key %q does not sort after %q", r.lines.n, r.key, r.last)
		return false
	}
	return true
}

// Key returns the key of the current fact.
func (r *FactReader) Key() []byte { return r.key }

// Form returns the canonical form of its value.
func (r *FactReader) Form() []byte { return r.form }

// Entry returns the current fact with its value typed by the catalogue.
func (r *FactReader) Entry() (Entry, error) {
	key := Key(r.key)
	v, err := ParseForm(r.form, Keys().Type(key))
	if err != nil {
		err = fmt.Errorf("facts: line %d: %w", r.lines.n, err)
	}
	return Entry{Key: key, Value: v}, err
}

// Err returns the error that ended the reading.
func (r *FactReader) Err() error { return r.err }

// Close closes the stream.
func (r *FactReader) Close() error { return r.lines.close() }

// Located says where one key was read; for a metric it carries the value.
type Located struct {
	Key     Key
	At      Origin
	Members []Origin // in the order of Value.Items, nil: all at At
	Metric  Value    // absent unless the key is a metric
}

// ProvenanceReader reads the provenance of a part in key order.
type ProvenanceReader struct {
	lines lineReader
	cur   Located
	err   error
}

// Next reads the next key; false at the end and on an error, see Err.
func (r *ProvenanceReader) Next() bool {
	if r.err != nil {
		return false
	}
	line, err := r.lines.next()
	if line == nil {
		r.err = err
		return false
	}
	if r.cur, err = parseLocated(line); err != nil {
		r.err = fmt.Errorf("provenance: line %d: %w", r.lines.n, err)
		return false
	}
	return true
}

func parseLocated(line []byte) (loc Located, err error) {
	key, rest, ok := bytes.Cut(line, []byte{'\t'})
	if !ok {
		return loc, fmt.Errorf("not of the form key, origin")
	}
	loc.Key = Key(key)
	if len(key) > 0 && key[0] == '"' {
		s, err := unquote(key)
		if err != nil {
			return loc, err
		}
		loc.Key = Key(s)
	}
	origins, metric, isMetric := bytes.Cut(rest, []byte{'\t'})
	if loc.At, loc.Members, err = parseOrigins(origins); err != nil {
		return loc, err
	}
	if isMetric {
		loc.Metric, err = ParseForm(metric, Keys().Type(loc.Key))
	}
	return loc, err
}

// Located returns the current key.
func (r *ProvenanceReader) Located() Located { return r.cur }

// Err returns the error that ended the reading.
func (r *ProvenanceReader) Err() error { return r.err }

// Close closes the stream.
func (r *ProvenanceReader) Close() error { return r.lines.close() }
