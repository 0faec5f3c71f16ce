package ibmi

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// field is a field of an SK entry that this package reads.
type field int

const (
	fieldType field = iota
	fieldTime
	fieldLocalPort
	fieldRemotePort
	fieldRemoteAddr
	fieldLocalAddr
	fieldVersion
	fieldProperties
	fieldSequence
	fieldSystem
	fieldReceiver
	fieldCode  // journal code, always T
	fieldEntry // journal entry type, always SK
	fieldJob
	fieldUser
	fieldData // all that is in the entry data, in hexadecimal
	fields    // how many there are
)

// columnNames are the names under which each field is exported. Of the names of
// SK columns in a QAUDITSK file only SKTYPE, SKTSTP, SKLPRT and SKRADR are
// public; the others follow the habits of audit outfiles and of the sibling SQL
// services, so that a real file has a chance. The first name is the one that
// messages and the site's own aliases use. When an export has several columns
// for one field, the first of them here that is not empty in a row counts.
var columnNames = [fields]struct {
	name    string
	aliases []string
}{
	fieldType:       {"entry_type", []string{"SKTYPE", "ENTRY_TYPE", "TYPE_OF_ENTRY"}},
	fieldTime:       {"timestamp", []string{"SKTSTP", "ENTRY_TIMESTAMP", "TIMESTAMP_OF_ENTRY", "TIMESTAMP"}},
	fieldLocalPort:  {"local_port", []string{"SKLPRT", "SKLPORT", "LOCAL_PORT", "EVENT_LOCAL_PORT"}},
	fieldRemotePort: {"remote_port", []string{"SKRPRT", "SKRPORT", "EVENT_REMOTE_PORT", "REMOTE_PORT"}},
	// SKRADR would by its form be the heading's address, not the peer's, yet it
	// is the one that is used for the peer in print: names that can only be the
	// peer come before it, and the two REMOTE_ADDRESS of the SQL service are in
	// the same position.
	fieldRemoteAddr: {"remote_addr", []string{"SKRIPA", "SKRADR2", "EVENT_REMOTE_ADDRESS", "REMOTE_IP_ADDRESS", "SKRADR", "SKRIP", "REMOTE_ADDRESS"}},
	fieldLocalAddr:  {"local_addr", []string{"SKLIPA", "SKLADR", "SKLIP", "EVENT_LOCAL_ADDRESS", "LOCAL_IP_ADDRESS", "LOCAL_ADDRESS"}},
	fieldVersion:    {"tls_version", []string{"SKSVER", "SKSECV", "SECURE_VERSION"}},
	fieldProperties: {"tls_properties", []string{"SKSPRP", "SKSECP", "SECURE_PROPERTIES"}},
	fieldSequence:   {"sequence", []string{"SKSEQN", "SEQUENCE_NUMBER"}},
	fieldSystem:     {"system", []string{"SKSYNM", "SYSTEM_NAME"}},
	fieldReceiver:   {"receiver", []string{"SKRCV", "RECEIVER_NAME"}},
	fieldCode:       {"journal_code", []string{"SKCODE", "JOURNAL_CODE"}},
	fieldEntry:      {"journal_entry_type", []string{"SKENTT", "JOURNAL_ENTRY_TYPE"}},
	fieldJob:        {"job", []string{"SKJOB", "JOB_NAME", "QUALIFIED_JOB_NAME"}},
	fieldUser:       {"user", []string{"SKUSPF", "USER_NAME"}},
	fieldData:       {"entry_data", []string{"ENTRY_DATA"}},
}

// required are the fields without which a row says nothing.
var required = []field{fieldType, fieldTime, fieldLocalPort}

// aliasTable maps a column name, normalised, to its field and its rank among the
// names of that field.
type aliasTable map[string]struct {
	field field
	rank  int
}

// newAliasTable returns the built-in names and the site's own. The site names a
// field by its name in [columnNames] or by any of its built-in column names; its
// names come first. Entries for fields of other sources are passed over.
func newAliasTable(site map[string][]string) aliasTable {
	table := aliasTable{}
	add := func(f field, rank int, name string) {
		table[columnName([]byte(name))] = struct {
			field field
			rank  int
		}{f, rank}
	}
	for f, c := range columnNames {
		for i, name := range c.aliases {
			add(field(f), i, name)
		}
	}
	builtin := newFieldNames()
	keys := make([]string, 0, len(site))
	for key := range site {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if f, ok := builtin[columnName([]byte(key))]; ok {
			for i, name := range site[key] {
				add(f, i-len(site[key]), name)
			}
		}
	}
	return table
}

// newFieldNames maps every name by which a field can be called to the field.
func newFieldNames() map[string]field {
	names := map[string]field{}
	for f, c := range columnNames {
		names[columnName([]byte(c.name))] = field(f)
		for _, alias := range c.aliases {
			names[columnName([]byte(alias))] = field(f)
		}
	}
	return names
}

// columnName normalises a column name or label: case, surrounding blanks, and
// what stands between words do not matter. Labels are column headings of up to
// three padded lines, so there are runs of blanks in them.
func columnName(b []byte) string {
	words := bytes.FieldsFunc(bytes.ToUpper(trim(b)), func(r rune) bool {
		return r == ' ' || r == '_' || r == '.' || r == '\t'
	})
	return string(bytes.Join(words, []byte("_")))
}

// columns says where an export holds each field: indexes of columns, best first.
type columns struct {
	at    [fields][]int
	count int
	names []string // as exported, for messages
	// hasData: the entry data stands in one column, see [parser.withData].
	hasData bool
	// guessed: there are no names; the columns were found by their content.
	guessed bool
}

// find resolves the names of a header row.
func (t aliasTable) find(header []string) *columns {
	c := &columns{count: len(header), names: header}
	type candidate struct{ column, rank int }
	var found [fields][]candidate
	for i, name := range header {
		if a, ok := t[columnName([]byte(name))]; ok {
			found[a.field] = append(found[a.field], candidate{i, a.rank})
		}
	}
	for f := range found {
		slices.SortStableFunc(found[f], func(a, b candidate) int { return a.rank - b.rank })
		for _, x := range found[f] {
			c.at[f] = append(c.at[f], x.column)
		}
	}
	if c.hasData = len(c.at[fieldData]) > 0 && len(c.at[fieldType]) == 0; c.hasData {
		// What else is called an address or a port is that of the heading.
		for i, f := range dataFields {
			c.at[f] = []int{c.count + i}
		}
	}
	return c
}

// missing returns the required fields that have no column, each with the column
// names that would do.
func (c *columns) missing() (names []string) {
	for _, f := range required {
		if len(c.at[f]) == 0 {
			names = append(names, fmt.Sprintf("%s (%s)", columnNames[f].name, strings.Join(columnNames[f].aliases, ", ")))
		}
	}
	return names
}

// hits counts the fields that have a column.
func (c *columns) hits() (n int) {
	for _, at := range c.at {
		if len(at) > 0 {
			n++
		}
	}
	return n
}

// delimiters are what exports put between columns.
var delimiters = []byte{',', ';', '\t', '|'}

// sniff finds the delimiter with which the header row names the most fields.
func (t aliasTable) sniff(header []byte) (delimiter byte, best *columns) {
	delimiter, best = ',', &columns{}
	for _, d := range delimiters {
		if c := t.find(splitHeader(header, d)); c.hits() > best.hits() {
			delimiter, best = d, c
		}
	}
	return delimiter, best
}

// splitHeader splits one row on its own, quoted or not.
func splitHeader(line []byte, delimiter byte) []string {
	r := csv.NewReader(bytes.NewReader(line))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = rune(delimiter), true, -1
	row, err := r.Read()
	if err != nil {
		return nil
	}
	return row
}

// peerColumn says which column peers are read from when that is in doubt, else
// "". The header of a journal entry has a remote address of its own.
func (c *columns) peerColumn() string {
	at := c.at[fieldRemoteAddr]
	if len(at) == 0 || c.hasData || c.guessed {
		return ""
	}
	name := strings.TrimSpace(c.names[at[0]])
	switch columnName([]byte(name)) {
	case "SKRADR", "REMOTE_ADDRESS":
		return name
	}
	if len(at) > 1 {
		return name
	}
	return ""
}

// Recognise looks for the columns of SK entries, or for the marks of a raw
// outfile.
func (skSource) Recognise(head *collect.Head) collect.Confidence {
	if findOutfile(head.Raw, head.All) != nil || otherEntry(head.Raw) != "" {
		return collect.Certain
	}
	line := firstLine(head.Text)
	if len(line) == 0 {
		return collect.No
	}
	_, c := newAliasTable(nil).sniff(line)
	_, guessed := guessColumns(head.Text, head.All)
	switch {
	case len(c.missing()) == 0:
		if slices.ContainsFunc(c.names, func(name string) bool { return columnName([]byte(name)) == "SKTYPE" }) {
			return collect.Certain
		}
		return collect.Likely
	case guessed != nil:
		return collect.Likely
	case c.hits() >= 3 && slices.ContainsFunc(c.names, func(name string) bool { return strings.HasPrefix(columnName([]byte(name)), "SK") }):
		return collect.Possible
	}
	return collect.No
}

// firstLine returns the first line that is not blank and not a hint to a
// spreadsheet program such as sep=; .
func firstLine(text []byte) []byte {
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte{'\n'})
		text = rest
		if line = trim(line); len(line) > 0 && !spreadsheetHint(line) {
			return line
		}
	}
	return nil
}

func spreadsheetHint(line []byte) bool {
	return len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep="))
}
