package ibmi

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// This file reads the result of an IBM i SQL service (a view such as
// QSYS2.USER_INFO) that a client saved as delimited text: comma, semicolon, tab
// or bar between columns, any encoding that [collect.File.Lines] knows. These
// extracts are small, at most a row for each user or connection.
//
// Columns are found by name, never by position: clients reorder them, releases
// add some, and a SELECT may name a few.

// sqlNames are the columns that a source reads: the name in IBM's documentation,
// and the system column names under which clients may export it.
type sqlNames map[string][]string

// table maps a column name as exported, normalised, to the documented name. The
// site's own aliases come first.
func (n sqlNames) table(site map[string][]string) map[string]string {
	table := map[string]string{}
	for name, aliases := range n {
		table[columnName([]byte(name))] = name
		for _, alias := range aliases {
			table[columnName([]byte(alias))] = name
		}
	}
	for name, aliases := range site {
		if _, ok := n[strings.ToUpper(name)]; ok {
			for _, alias := range aliases {
				table[columnName([]byte(alias))] = strings.ToUpper(name)
			}
		}
	}
	return table
}

// sqlHeader is what the row of column names says.
type sqlHeader struct {
	comma   byte
	names   []string       // as exported
	at      map[string]int // documented name -> column
	unknown []string       // columns that the source does not know
}

// header resolves a row of column names with the delimiter that finds most.
func (n sqlNames) header(line string, site map[string][]string) sqlHeader {
	table := n.table(site)
	var best sqlHeader
	for _, comma := range delimiters {
		cells, _ := splitCells(line, comma)
		h := sqlHeader{comma: comma, at: map[string]int{}}
		for i, c := range cells {
			h.names = append(h.names, c.trimmed())
			name, known := table[columnName([]byte(c.text))]
			_, twice := h.at[name]
			switch {
			case !known:
				h.unknown = append(h.unknown, c.trimmed())
			case !twice:
				h.at[name] = i
			}
		}
		if len(h.at) > len(best.at) || best.comma == 0 {
			best = h
		}
	}
	return best
}

// has reports whether the extract has every one of the columns.
func (h sqlHeader) has(columns ...string) bool {
	for _, c := range columns {
		if _, ok := h.at[c]; !ok {
			return false
		}
	}
	return true
}

// sqlCell is one column of one row.
type sqlCell struct {
	text   string // as exported, with its padding
	quoted bool
}

func (c sqlCell) trimmed() string { return strings.Trim(c.text, " \t\r\x00") }

// null reports whether the cell is SQL NULL: nothing at all, or what clients and
// outfiles write for it. Text in quotes is text, except *N.
func (c sqlCell) null() bool {
	switch text := c.trimmed(); text {
	case "*N":
		return true
	case "", "-":
		return !c.quoted
	default:
		return !c.quoted && strings.EqualFold(text, "null")
	}
}

// splitCells splits one record. A quoted cell may hold the delimiter, line ends
// and doubled quotes; a quote that is followed by neither delimiter nor end is
// text, because CPYTOIMPF with STRESCCHR(*NONE) leaves embedded quotes alone. A
// record of several lines has no such quotes, because in it they are more likely
// to open the quoted cell of another row, whose end was taken for its own.
// closed is false when a quoted cell does not end in the record.
func splitCells(record string, comma byte) (cells []sqlCell, closed bool) {
	severalLines := strings.IndexByte(record, '\n') >= 0
	for {
		if !strings.HasPrefix(record, `"`) {
			text, rest, more := strings.Cut(record, string(comma))
			cells = append(cells, sqlCell{text: text})
			if record = rest; !more {
				return cells, true
			}
			continue
		}
		var b strings.Builder
		i, end := 1, false
		for i < len(record) && !end {
			c := record[i]
			i++
			switch {
			case c != '"':
				b.WriteByte(c)
			case i == len(record) || record[i] == comma:
				end = true
			case record[i] != '"' && severalLines:
				return nil, false
			default:
				b.WriteByte('"')
				if record[i] == '"' {
					i++
				}
			}
		}
		cells = append(cells, sqlCell{b.String(), true})
		if i == len(record) {
			return cells, end
		}
		record = record[i+1:]
	}
}

// sqlReader reads the rows of one extract and counts them in a recorder.
type sqlReader struct {
	sqlHeader
	f     *collect.File
	lines *collect.Lines
	rec   *collect.Recorder
	ahead []sqlLine // read while looking for the end of a quoted cell
	text  sqlLine   // the current row
	cells []sqlCell

	damaged int64
	damage  string // the first row that could not be read

	rows   int64
	blanks int64 // lines that are blank behind the last row
	holes  int64 // places between rows with such lines
	hole   int64 // the first of these lines
}

type sqlLine struct {
	text       string
	at         collect.Origin
	terminated bool
}

// sqlServiceAdvice says how to save a result so that it can be read.
const sqlServiceAdvice = "save the result of the SELECT as CSV with column names; " +
	"from a file with CPYTOIMPF, use ADDCOLNAM(*SQL) and RMVBLANK(*TRAILING)"

// openSQL opens f and reads its column names.
func openSQL(ctx context.Context, f *collect.File, opts *collect.Options, rec *collect.Recorder, names sqlNames) (*sqlReader, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, err
	}
	r := &sqlReader{f: f, lines: lines, rec: rec}
	for r.pull() {
		rec.Read(1)
		text := strings.TrimSpace(r.text.text)
		switch {
		case text == "":
			rec.Ignored("blank line", 1)
			continue
		case spreadsheetHint([]byte(text)):
			rec.Ignored("hint to a spreadsheet program", 1)
			continue
		}
		rec.Ignored("column names", 1)
		r.sqlHeader = names.header(r.text.text, opts.Site.ColumnAliases)
		return r, nil
	}
	lines.Close()
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return nil, &collect.Error{File: f.Name, Offset: 0, Err: fmt.Errorf("%w: it holds no column names", collect.ErrNotRecognised), Advice: sqlServiceAdvice}
}

// pull makes the next line current.
func (r *sqlReader) pull() bool {
	for len(r.ahead) == 0 {
		if !r.lines.Next() {
			return false
		}
		line := r.lines.Line()
		// Record delimiters *CR and *LFCR leave carriage returns in the line.
		texts := strings.Split(strings.TrimPrefix(string(line.Text), "\r"), "\r")
		for i, text := range texts {
			r.ahead = append(r.ahead, sqlLine{text, line.At(r.f), line.Terminated || i < len(texts)-1})
		}
	}
	r.text, r.ahead = r.ahead[0], r.ahead[1:]
	return true
}

// maxRowLines is how many lines one row may stand on: a quote that is not closed
// by then is a stray one.
const maxRowLines = 20

// next reads the next row that can be used. It reports false at the end.
func (r *sqlReader) next() bool {
	for r.pull() {
		r.rec.Read(1)
		if strings.TrimSpace(r.text.text) == "" {
			r.rec.Ignored("blank line", 1)
			if r.blanks++; r.rows > 0 && r.hole == 0 {
				r.hole = r.text.at.Pos
			}
			continue
		}
		if r.blanks > 0 && r.rows > 0 {
			r.holes++
		}
		r.rows++
		r.blanks = 0
		closed := r.split()
		for i := len(r.cells) - 1; i >= len(r.names) && r.cells[i].trimmed() == ""; i-- {
			r.cells = r.cells[:i] // a delimiter behind the last column
		}
		switch {
		case !closed:
			r.spoiled("quote not closed")
		case len(r.cells) != len(r.names):
			r.spoiled(fmt.Sprintf("%d columns instead of %d", len(r.cells), len(r.names)))
		case r.repeatsHeader():
			r.rec.Ignored("column names", 1)
		default:
			return true
		}
	}
	return false
}

// split splits the current line, and what follows when a cell goes on behind it.
// If no whole row comes of that, the line stands alone.
func (r *sqlReader) split() (closed bool) {
	r.cells, closed = splitCells(r.text.text, r.comma)
	if closed {
		return true
	}
	if len(r.cells) > len(r.names) {
		return false
	}
	first := r.text
	var taken []sqlLine
	joined := first.text
	for len(taken) < maxRowLines && len(joined) < 1<<20 && r.pull() {
		taken = append(taken, r.text)
		joined += "\n" + r.text.text
		cells, whole := splitCells(joined, r.comma)
		if !whole {
			continue
		}
		if len(cells) != len(r.names) {
			break
		}
		r.cells = cells
		r.text = sqlLine{joined, first.at, r.text.terminated}
		return true
	}
	r.ahead = append(taken, r.ahead...)
	r.text = first
	return false
}

func (r *sqlReader) repeatsHeader() bool {
	return slices.EqualFunc(r.cells, r.names, func(c sqlCell, name string) bool { return c.trimmed() == name })
}

// spoiled leaves a row out.
func (r *sqlReader) spoiled(why string) {
	r.rec.Ignored("row cannot be read: "+plainReason(why), 1)
	r.rec.Warn(r.f, r.text.at.Pos, r.text.at.Offset, "row left out: %s", why)
	if r.damaged++; r.damaged == 1 {
		r.damage = fmt.Sprintf("line %d: %s", r.text.at.Pos, why)
	}
}

// plainReason keeps the reasons for ignored rows few: figures go to the warning.
func plainReason(why string) string {
	if strings.Contains(why, " columns instead of ") {
		return "wrong number of columns"
	}
	return why
}

// cell returns a column of the current row; ok is false when the extract has no
// such column.
func (r *sqlReader) cell(column string) (c sqlCell, ok bool) {
	i, ok := r.at[column]
	if !ok {
		return sqlCell{}, false
	}
	return r.cells[i], true
}

// value returns the trimmed text of a column, "" when it is NULL or not there.
func (r *sqlReader) value(column string) string {
	if c, ok := r.cell(column); ok && !c.null() {
		return c.trimmed()
	}
	return ""
}

// finish closes the file and says how it ended. A line beyond the limit ends the
// reading, but what stood before it is sound.
func (r *sqlReader) finish(opts *collect.Options) (ending, error) {
	defer r.lines.Close()
	if err := r.lines.Err(); err != nil {
		if !errors.Is(err, collect.ErrLimit) {
			return ending{}, err
		}
		r.rec.Warn(r.f, 0, 0, "reading stopped: %v", err)
	}
	state, reason := r.lines.End(opts)
	end := ending{state, reason}
	if r.damaged > 0 {
		end = end.worse(ending{collect.Partial, fmt.Sprintf("%d rows could not be read and were left out, the first on %s", r.damaged, r.damage)})
	}
	// Line ends that were converted twice make every other line blank. A blank
	// line here and there is a row that was lost on the way.
	if r.holes > 0 && r.holes < r.rows-1 {
		end = end.worse(ending{collect.Partial, fmt.Sprintf("blank lines stand where rows may have been, in %d places, the first on line %d", r.holes, r.hole)})
	}
	return end, nil
}

// inOrder reports whether names ascend, in the order of ASCII or in that of
// EBCDIC, where letters come before digits. Only an extract in order shows, by
// its last name, that it reached everything before.
func inOrder(names []string) bool {
	return slices.IsSorted(names) || slices.IsSortedFunc(names, func(a, b string) int {
		return strings.Compare(strings.Map(ebcdicRank, a), strings.Map(ebcdicRank, b))
	})
}

// ebcdicRank orders the characters of IBM i names as code page 37 does.
func ebcdicRank(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r + 0x1000
	case r == '$':
		return 1
	case r == '_':
		return 2
	case r == '#':
		return 3
	case r == '@':
		return 4
	}
	return r
}
