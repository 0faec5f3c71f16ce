package ibmi

import (
	"bytes"
	"fmt"
	"strings"
)

// Without ADDCOLNAM, CPYTOIMPF writes no column names. The order is that of the
// outfile: the standard heading, in which the third column is always T and the
// fourth always SK, then the columns of the entry, among them
//
//	entry type, local address, local port, remote address, remote port, socket,
//
// some of mail filters, then address family, local and remote address in full,
// two of DHCP, secure version and secure properties. How many columns there are
// differs between layouts and releases, so the entry type is looked for by what
// stands there.

// Columns of the heading, from 0. Those behind the eighth are at these places in
// *TYPE5 only, where the entry begins at column headingType5.
const (
	headingSequence = 1
	headingCode     = 2
	headingEntry    = 3
	headingTime     = 4
	headingJob      = 5
	headingUser     = 18
	headingSystem   = 19
	headingReceiver = 28
	headingType5    = 42
)

// guessColumns finds the columns of rows without column names; nil when text,
// the head of a file, holds no such rows.
func guessColumns(text []byte, all bool) (delimiter byte, c *columns) {
	lines := headLines(text, all)
	for _, d := range delimiters {
		var rows [][]string
		for _, line := range lines {
			row := splitHeader(line, d)
			if len(row) <= headingJob || strings.TrimSpace(row[headingCode]) != "T" || strings.TrimSpace(row[headingEntry]) != "SK" {
				break
			}
			rows = append(rows, row)
		}
		if len(rows) > 0 {
			if c := guess(rows); c != nil {
				return d, c
			}
		}
	}
	return 0, nil
}

// headLines returns the first lines that are whole and hold something.
func headLines(text []byte, all bool) (lines [][]byte) {
	for len(text) > 0 && len(lines) < 100 {
		line, rest, whole := bytes.Cut(text, []byte{'\n'})
		if !whole && !all {
			break
		}
		text = rest
		if line = trim(bytes.TrimPrefix(line, utf8BOM)); len(line) > 0 && !spreadsheetHint(line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// guess finds the column of the entry type, and by it the others.
func guess(rows [][]string) *columns {
	count := len(rows[0])
	best := -1
	for i := headingJob + 1; i+5 < count; i++ {
		if (best < 0 || i == headingType5) && isEntry(rows, i) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	c := &columns{count: count, guessed: true}
	c.at[fieldSequence], c.at[fieldCode], c.at[fieldEntry] = []int{headingSequence}, []int{headingCode}, []int{headingEntry}
	c.at[fieldTime], c.at[fieldJob] = []int{headingTime}, []int{headingJob}
	if best == headingType5 {
		c.at[fieldUser], c.at[fieldSystem], c.at[fieldReceiver] = []int{headingUser}, []int{headingSystem}, []int{headingReceiver}
	}
	c.at[fieldType], c.at[fieldLocalPort], c.at[fieldRemotePort] = []int{best}, []int{best + 2}, []int{best + 4}
	c.at[fieldLocalAddr], c.at[fieldRemoteAddr] = []int{best + 1}, []int{best + 3}
	if family := familyColumn(rows, best+6); family > 0 {
		// The full addresses come first: the others cannot hold IPv6.
		c.at[fieldLocalAddr] = []int{family + 1, best + 1}
		c.at[fieldRemoteAddr] = []int{family + 2, best + 3}
		if family+6 < count {
			c.at[fieldVersion], c.at[fieldProperties] = []int{family + 5}, []int{family + 6}
		}
	}
	return c
}

// isEntry reports whether in every row column i can be the entry type, and in at
// least one there are a port and an address behind it.
func isEntry(rows [][]string, i int) bool {
	certain := false
	var addresses addressParser
	for _, row := range rows {
		if i+5 >= len(row) {
			continue // damaged; the reader will say so
		}
		letter := strings.TrimSpace(row[i])
		if len(letter) != 1 || letter[0] < 'A' || letter[0] > 'Z' {
			return false
		}
		local, ok1 := parsePort([]byte(row[i+2]))
		_, ok2 := parsePort([]byte(row[i+4]))
		from, ok3 := addresses.parse([]byte(row[i+1]))
		to, ok4 := addresses.parse([]byte(row[i+3]))
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return false
		}
		certain = certain || local != 0 && (from != address{} || to != address{})
	}
	return certain
}

// familyColumn returns the column of the address family, 0 when there is none.
func familyColumn(rows [][]string, from int) int {
	for i := from; i < from+4; i++ {
		for _, row := range rows {
			if i+2 < len(row) {
				switch strings.TrimSpace(row[i]) {
				case "*IPV4", "*IPV6":
					return i
				}
			}
		}
	}
	return 0
}

// guessText words for a warning what was guessed.
func (c *columns) guessText() string {
	text := fmt.Sprintf("there are no column names; by its content, column %d of %d was taken for the entry type and those behind it for its addresses and ports",
		c.at[fieldType][0]+1, c.count)
	if len(c.at[fieldVersion]) == 0 {
		text += "; there are none of the secure session"
	}
	return text
}
