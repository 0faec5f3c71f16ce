package zvm

import (
	"bytes"
	"context"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// configWord is one word of a statement, with the line it stands on.
type configWord struct {
	text string // folded to upper case
	at   collect.Origin
}

// configStatement is one statement of SYSTEM CONFIG: a name and its operands,
// over as many records as commas continue it.
type configStatement struct {
	name   string
	words  []configWord // without the name
	at     collect.Origin
	lines  int64
	labels []string // "system:" in front; nil means every system
	// cut: the file ends inside the statement. touched: its last word may be
	// half a word and was dropped.
	cut, touched bool
	// after is the name of the statement that ended on the record before.
	after string
}

// operands returns the words joined by single blanks.
func (st *configStatement) operands() string {
	var b strings.Builder
	for i, w := range st.words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// configScanner cuts records into statements. A comment may span records; a
// comma that ends a record, comments apart, continues the statement; blank and
// comment records inside a statement do not end it. Apostrophes protect the text
// of SAY and PRINTER_TITLE.
type configScanner struct {
	emit          func(*configStatement)
	cur           *configStatement
	last          string // name of the statement before
	comment       bool   // inside a comment
	commentAt     collect.Origin
	blanks, notes int64 // records
	text          []byte
}

// record takes one record. Unfinished says that the file ends in it, without a
// line end.
func (s *configScanner) record(line []byte, at collect.Origin, unfinished bool) {
	wasOpen := s.comment
	text := s.strip(line, at)
	touches := unfinished && !s.comment && len(line) > 0 && line[len(line)-1] != ' ' && !bytes.HasSuffix(line, []byte("*/"))
	if text = bytes.Trim(text, " \t\x00\r\f"); len(text) == 0 {
		if wasOpen || len(bytes.Trim(line, " \t\x00\r\f")) > 0 {
			s.notes++
		} else {
			s.blanks++
		}
		return
	}
	continued := text[len(text)-1] == ','
	if s.cur == nil {
		s.cur = &configStatement{at: at, after: s.last}
	}
	s.cur.lines++
	s.words(bytes.ToUpper(text), at)
	if unfinished {
		s.cur.cut = true
		if touches && !continued && len(s.cur.words) > 0 {
			s.cur.touched = true
			s.cur.words = s.cur.words[:len(s.cur.words)-1]
		}
	}
	if !continued {
		s.end()
	}
}

// strip removes comments.
func (s *configScanner) strip(line []byte, at collect.Origin) []byte {
	s.text = s.text[:0]
	quoted := false
	for i := 0; i < len(line); i++ {
		pair := line[i:min(i+2, len(line))]
		switch {
		case s.comment:
			if string(pair) == "*/" {
				s.comment = false
				s.text = append(s.text, ' ')
				i++
			}
		case string(pair) == "/*" && !quoted:
			s.comment, s.commentAt = true, at
			i++
		default:
			if line[i] == '\'' {
				quoted = !quoted && bytes.IndexByte(line[i+1:], '\'') >= 0
			}
			s.text = append(s.text, line[i])
		}
	}
	return s.text
}

func (s *configScanner) words(text []byte, at collect.Origin) {
	for _, w := range bytes.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == ',' }) {
		s.cur.words = append(s.cur.words, configWord{string(w), at})
	}
}

// end emits the statement that is being read.
func (s *configScanner) end() {
	st := s.cur
	s.cur = nil
	if st == nil {
		return
	}
	for len(st.words) > 0 {
		label, rest, ok := strings.Cut(st.words[0].text, ":")
		if !ok || label == "" {
			break
		}
		st.labels = append(st.labels, label)
		if st.words[0].text = rest; rest == "" {
			st.words = st.words[1:]
		}
	}
	if len(st.words) > 0 {
		st.name = st.words[0].text
		st.words = st.words[1:]
	}
	s.last = st.name
	s.emit(st)
}

// finish ends the file; it returns what the file lacks, or "".
func (s *configScanner) finish() string {
	continued := s.cur != nil
	if continued {
		s.cur.cut = true
		s.end()
	}
	switch {
	case s.comment:
		return "the file ends inside a comment"
	case continued:
		return "the file ends inside a statement: its last record ends with a comma"
	}
	return ""
}

// configFile is one file, cut into statements.
type configFile struct {
	file       *collect.File
	statements []*configStatement
	lines      int64
	blanks     int64
	comments   int64
	release    string // as QUERY CPLEVEL in front of the statements says, or ""
	releaseAt  collect.Origin
	end        ending
	imbedded   bool // another file names it
}

// readConfigFile reads a SYSTEM CONFIG file. A capture job may print the reply
// of QUERY CPLEVEL in front of it: that tells the release and with it the
// defaults.
func readConfigFile(ctx context.Context, f *collect.File, opts *collect.Options, main bool) (*configFile, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	c := &configFile{file: f}
	known := 0
	s := &configScanner{emit: func(st *configStatement) {
		if configStatements[st.name] != nil || st.name == "BEGIN" || st.name == "END" {
			known++
		}
		c.statements = append(c.statements, st)
	}}
	for lines.Next() {
		c.lines++
		l := lines.Line()
		if len(c.statements) == 0 && s.cur == nil && !s.comment && l.Terminated {
			if r, ok := releaseOf(string(l.Text)); ok {
				c.release, c.releaseAt = r, l.At(f)
				continue
			}
			if c.release != "" && isLevelLine(string(l.Text)) {
				s.notes++
				continue
			}
		}
		s.record(l.Text, l.At(f), !l.Terminated)
	}
	lacks := s.finish()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if known == 0 && main {
		if err := lines.Err(); err != nil {
			return nil, err
		}
		return nil, &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds no statement of SYSTEM CONFIG; give the file SYSTEM CONFIG of the parm disk (PMAINT CF0)"}
	}
	c.blanks, c.comments = s.blanks, s.notes
	c.end.state, c.end.reason = lines.End(opts)
	if lacks != "" {
		c.end = ending{collect.Partial, lacks}
	}
	return c, nil
}
