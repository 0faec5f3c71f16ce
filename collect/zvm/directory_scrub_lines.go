package zvm

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// lastColumn is the last one that a statement may fill: 72 is left blank.
const lastColumn = 71

// put writes a statement that took so many physical lines. Cut says that its
// last word was not used because the file ends in it.
func (s *scrubber) put(words []string, at shape, lines int64, cut bool) {
	if s.hanging {
		s.buf.WriteByte('\n')
	}
	s.hanging = at.cut
	if at.cut {
		// The statement must end the file.
		s.buf.WriteString(strings.Repeat("*\n", int(lines-1)))
		lines = 1
	}
	if cut {
		words = append(words, "<cut>")
	} else if n := len(words); n > 0 && strings.HasSuffix(words[n-1], ",") {
		// It would go on with the next line. What follows is no operand.
		words = append(words, "(")
	}
	indent, sequence := at.indent, at.sequence
	length := lengthOf(words)
	if length > 0 && indent+length > lastColumn {
		indent = max(0, min(indent, lastColumn-length))
	}
	if sequence != "" && indent+length > lastColumn {
		sequence = ""
	}
	s.buf.WriteString(strings.Repeat(" ", indent))
	used := indent
	for i, w := range words {
		if i > 0 {
			s.buf.WriteByte(' ')
			used++
		}
		s.buf.WriteString(w)
		used += utf8.RuneCountInString(w)
		if s.breakBehind(words, i, used) {
			s.buf.WriteString(",\n  ")
			used = 2
			s.extra++
		}
	}
	if sequence != "" {
		s.buf.WriteString(strings.Repeat(" ", 72-used) + sequence)
	}
	for range lines - 1 {
		s.buf.WriteString("\n*")
	}
	switch {
	case !at.cut:
		s.buf.WriteByte('\n')
	case !cut && len(words) == 0:
		s.buf.WriteByte(' ')
	case !cut && sequence == "":
		// The statement is whole although the line has no end: what ended the
		// file stood behind column 72, or on a blank line.
		s.buf.WriteString(strings.Repeat(" ", max(1, 73-used)))
	}
}

func lengthOf(words []string) int {
	n := max(0, len(words)-1)
	for _, w := range words {
		n += utf8.RuneCountInString(w)
	}
	return n
}

// breakBehind reports whether the line has to end behind word i. The next line
// must not begin with the name of a statement, or it would be taken for one; so
// the line may end earlier than it must.
func (s *scrubber) breakBehind(words []string, i, used int) bool {
	if i == 0 || i+1 >= len(words) || used+1 > lastColumn {
		return false
	}
	continues := func(w string) bool { return statementNames[strings.ToUpper(w)] == nil && w[0] != '*' }
	if !continues(words[i+1]) {
		return false
	}
	// Would the text up to the next possible break fit?
	for j := i + 1; j < len(words); j++ {
		used += 1 + utf8.RuneCountInString(words[j])
		last := j+1 == len(words)
		room := lastColumn
		if !last {
			room-- // for the comma
		}
		if used > room {
			return true
		}
		if last || continues(words[j+1]) {
			return false
		}
	}
	return false
}

// wait keeps the text so far and what has to be written behind it at the end.
func (s *scrubber) wait(w waiting) {
	w.before = append([]byte(nil), s.buf.Bytes()...)
	s.buf.Reset()
	i := len(s.waiting) - 1
	s.waiting[i] = append(s.waiting[i], w)
}

// finish writes what had to wait until every entry was read.
func (s *scrubber) finish() {
	for i, list := range s.waiting {
		s.buf.Reset()
		s.extra, s.hanging = 0, false
		for n := range list {
			w := &list[n]
			s.buf.Write(w.before)
			switch w.what {
			case theEndMark:
				fmt.Fprintf(&s.buf, "*> end lines: %d\n", s.captures[i].Lines+w.extra+s.extra)
			case aMinidisk:
				s.put(s.diskWords(&w.disk, w.passwords(), w.cut), w.shape, w.lines, w.cut)
			}
		}
		s.out.Files[i].Text = append([]byte(nil), s.buf.Bytes()...)
	}
	s.waiting = nil
}

// passwords are the final classes of the passwords of a minidisk. Of one that
// is defined twice, differently, each statement keeps what it says.
func (w *waiting) passwords() [3]diskPassword {
	for i := range w.entry.disks {
		d := &w.entry.disks[i]
		if d.vdev == w.disk.vdev && !d.twice && (w.index < 0 || w.index == i) {
			return d.passwords
		}
	}
	return w.disk.passwords
}
