package compose

import (
	"fmt"
	"strings"
)

// DirectoryEntry is one entry of a z/VM source directory (USER DIRECT): a
// PROFILE, USER, IDENTITY or SUBCONFIG statement and what belongs to it. The
// format is the one of "Overview of the User Directory" and "USER Directory
// Statement" in z/VM CP Planning and Administration.
type DirectoryEntry struct {
	Comment    []string // printed before the entry, each line led by "* "
	Keyword    string   // PROFILE, USER, IDENTITY, SUBCONFIG; empty means USER
	Name       string   // 1-8 characters
	Password   string   // or NOLOG, NOPASS, AUTOONLY, LBYONLY; USER and IDENTITY only
	Storage    string   // with its suffix, such as 128M
	MaxStorage string
	Class      string   // privilege classes, such as BG
	Statements []string // in directory order: INCLUDE, general statements, then devices; "*..." is a comment
}

// Lines returns the entry as directory records of at most 72 columns.
func (e DirectoryEntry) Lines() []string {
	var lines []string
	for _, c := range e.Comment {
		lines = append(lines, strings.TrimRight("* "+c, " "))
	}
	keyword := e.Keyword
	if keyword == "" {
		keyword = "USER"
	}
	first := []string{keyword, fmt.Sprintf("%-8s", e.Name)}
	for _, operand := range []string{e.Password, e.Storage, e.MaxStorage, e.Class} {
		if operand != "" {
			first = append(first, operand)
		}
	}
	lines = append(lines, strings.TrimRight(strings.Join(first, " "), " "))
	for _, s := range e.Statements {
		if !strings.HasPrefix(s, "*") {
			s = " " + s
		}
		lines = append(lines, s)
	}
	return lines
}

// DirectoryLines joins entries with a lone "*" between them, the way XEDIT users
// keep a directory readable.
func DirectoryLines(entries ...DirectoryEntry) []string {
	var lines []string
	for _, e := range entries {
		lines = append(append(lines, "*"), e.Lines()...)
	}
	return lines
}

// Sequence says which numbers stand in columns 73-80. They are an editor's line
// numbers, eight digits, and mean nothing to CP.
type Sequence struct {
	First, Step int
}

// DirectoryText returns lines as an ASCII file with LF line ends. With a
// sequence every line is padded to column 72 and numbered; with nil there are no
// numbers and no trailing blanks, which is what most transfers leave.
func DirectoryText(lines []string, sequence *Sequence) []byte {
	var b strings.Builder
	for i, line := range lines {
		if sequence == nil {
			b.WriteString(strings.TrimRight(line, " "))
		} else {
			b.WriteString(sequence.record(line, i))
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// DirectoryF80 returns lines as the file is on z/VM: EBCDIC records of exactly
// 80 bytes, back to back, without line ends. Columns 73-80 are blank without a
// sequence.
func DirectoryF80(lines []string, sequence *Sequence) []byte {
	out := make([]byte, 0, 80*len(lines))
	for i, line := range lines {
		if sequence != nil {
			line = sequence.record(line, i)
		}
		out = appendField(out, line, 80)
	}
	return out
}

func (s *Sequence) record(line string, i int) string {
	if len(line) > 72 {
		panic(fmt.Sprintf("compose: directory line of %d columns leaves no room for sequence numbers: %q", len(line), line))
	}
	return fmt.Sprintf("%-72s%08d", line, s.First+i*s.Step)
}
