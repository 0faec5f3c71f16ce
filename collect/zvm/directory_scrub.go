package zvm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/irondrift/irondrift/collect"
)

// Scrubbed is a user directory without its passwords.
type Scrubbed struct {
	Files []ScrubbedFile
	// Content is the content digest of the facts, the same for the scrubbed
	// files as for the original ones.
	Content string
	// Passwords counts the passwords of users, minidisks and APPC that were
	// replaced; NOLOG, LBYONLY, AUTOONLY, NOPASS and ALL are none and stay.
	Passwords int
	// Comments counts the comments whose text was dropped.
	Comments int
	// Unknown counts the statements that were not understood and so not kept.
	Unknown int
}

// ScrubbedFile is one file of a directory without its passwords.
type ScrubbedFile struct {
	Name string // of the original
	Text []byte
}

// ScrubDirectory writes a user directory again so that it can leave the site:
// every password is replaced by its class (<vendor-default>, <weak>, <other>
// ...), and collecting the result gives the same facts. That is not assumed: the
// result is collected and its content digest compared before it is returned.
//
// Lines are not edited but written anew from the operands that were understood,
// so what is not understood cannot leak: unknown statements become <unknown>,
// and operands that hold no fact are left out. Comments may hold anything and
// keep only what directory managers note in them (see the fields of *DVHOPT and
// VM:Secure in the key catalogue). A line stays one line at its place, with its
// indentation and the sequence number in columns 73 to 80, unless it outgrows
// column 71: then blanks, the number, and at last the line are given up. A
// capture header is kept.
//
// The text is built in memory, about as large as the files.
func ScrubDirectory(ctx context.Context, files []*collect.File, opts *collect.Options) (*Scrubbed, error) {
	s := &scrubber{}
	content, err := contentOf(ctx, directorySource{scrub: s}, files, opts)
	if err != nil {
		return nil, err
	}
	s.out.Content = content
	again := make([]*collect.File, len(s.out.Files))
	for i, f := range s.out.Files {
		again[i] = collect.BytesFile(f.Name, f.Text)
	}
	asText := *opts
	asText.CodePage = ""
	content, err = contentOf(ctx, Directory(), again, &asText)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the scrubbed directory: %w", err)
	case content != s.out.Content:
		return nil, &collect.Error{File: files[0].Name, Offset: -1, Err: errors.New("the scrubbed directory would not give the same facts"),
			Advice: "a statement in it is written in a way that cannot be scrubbed; \"irondrift collect\" lists what is odd about it"}
	}
	return &s.out, nil
}

func contentOf(ctx context.Context, src collect.Source, files []*collect.File, opts *collect.Options) (string, error) {
	parts, err := collect.Run(ctx, src, files, opts)
	if err != nil {
		return "", err
	}
	content := ""
	for _, p := range parts {
		content += p.Header.Content
		p.Close()
	}
	return content, nil
}

// scrubber writes what a reader reads, statement by statement.
type scrubber struct {
	out Scrubbed

	r     *reader
	lines *collect.Lines
	buf   bytes.Buffer // the file being written, up to the next minidisk that has to wait
	// A password of a SUBCONFIG can turn out to be its owner's name later, so
	// minidisks are written at the end.
	waiting  [][]waiting
	captures []*collect.Capture
	extra    int64 // lines more than the file had
	hanging  bool  // the line written last has no line end
	headed   bool  // the capture header is written
	begun    bool  // and its last line, \"begin\"
	ended    bool  // its end mark is

	// The physical line read last, and whether it is behind the statement.
	shape shape
	// What a statement that is continued looked like on its first line.
	first shape

	// Of the statement being read.
	kept      []stmt
	disk      disk
	diskIndex int
	was       stateOf
}

// shape is what of a physical line is kept beside its statement.
type shape struct {
	indent   int
	sequence string // "" or eight digits
	cut      bool   // it has no line end
}

// stateOf is what statements change besides the list of what is kept.
type stateOf struct {
	include string
	groups  int
	wide    int
	disks   int
}

// waiting is a place in the text where something is written at the end.
type waiting struct {
	what   waitingFor
	before []byte // the text in front of it
	disk   disk   // as it was read
	entry  *entry
	index  int // in entry.disks, -1 when it is the second of its number
	shape  shape
	lines  int64
	cut    bool
	extra  int64
}

// waitingFor is what is written at the end.
type waitingFor uint8

const (
	aMinidisk waitingFor = iota
	theEndMark
	nothing
)

func (s *scrubber) open(r *reader, f *collect.File, lines *collect.Lines) {
	s.r, s.lines, s.headed, s.begun, s.ended, s.extra = r, lines, false, false, false, 0
	s.out.Files = append(s.out.Files, ScrubbedFile{Name: f.Name})
	s.waiting = append(s.waiting, nil)
	s.buf.Reset()
	s.hanging = false
}

// line takes note of the next physical line.
func (s *scrubber) line(l collect.Line) {
	s.captured()
	t := bytes.TrimRight(l.Text, " \r")
	s.shape = shape{cut: !l.Terminated}
	for s.shape.indent < min(len(t), 40) && t[s.shape.indent] == ' ' {
		s.shape.indent++
	}
	if n := len(t); n == 80 && utf8.RuneCount(t) == 80 && t[71] == ' ' && allDigits(t[72:]) {
		s.shape.sequence = string(t[72:])
	}
	if s.r.held == nil {
		s.first = s.shape
	}
}

// captured writes the lines of a capture header when they have been passed.
func (s *scrubber) captured() {
	c := s.lines.Capture()
	if c == nil {
		return
	}
	if !s.headed {
		s.headed = true
		s.buf.WriteString("*> irondrift-capture 1\n")
		for _, field := range [...]struct{ name, value string }{
			{"system", c.System}, {"time", c.Time}, {"user", c.User}, {"command", c.Command},
		} {
			if field.value != "" {
				fmt.Fprintf(&s.buf, "*> %s: %s\n", field.name, field.value)
			}
		}
	}
	if !s.begun && (c.Counted > 0 || c.Lines >= 0) {
		s.begun = true
		s.buf.WriteString("*> begin\n")
	}
	if c.Lines >= 0 && !s.ended {
		s.ended = true
		s.wait(waiting{what: theEndMark, extra: s.extra})
	}
}

// close ends the file being written. The count in the end mark follows at the
// end, when every line is written.
func (s *scrubber) close() {
	s.captured()
	s.wait(waiting{what: nothing})
	s.captures = append(s.captures, s.lines.Capture())
}

// begin forgets the statement before.
func (s *scrubber) begin() {
	s.kept, s.diskIndex = s.kept[:0], -1
	s.was = stateOf{groups: len(s.r.groups), disks: len(s.r.disks), wide: s.wide()}
	if s.r.cur != nil {
		s.was.include = s.r.cur.include
	}
}

func (s *scrubber) wide() int { return len(s.r.wide["object"]) + len(s.r.wide["globalopts"]) }

// comment writes a comment: its mark, and what directory managers keep in it.
func (s *scrubber) comment(used bool) {
	words, cut := []string{"*"}, s.r.cut
	switch {
	case used && len(s.kept) > 0:
		text := s.r.texts.text(s.kept[0].text)
		if !strings.Contains(text, "=") {
			text += "="
		}
		words = []string{"*" + text}
	case used:
		words = []string{"*DVHOPT", "PWC" + strings.ReplaceAll(s.r.texts.text(s.r.cur.changed), "-", "")}
	case s.r.w.n() > 0 && string(s.r.w.up(0)) == "*DVHOPT" && s.r.cur != nil:
		words = []string{"*DVHOPT"}
		s.out.Comments++
	default:
		cut = false
		s.out.Comments++
	}
	s.put(words, s.shape, 1, cut)
}

// blank writes a blank line.
func (s *scrubber) blank() { s.put(nil, s.shape, 1, false) }

// statement writes the statement that was read last.
func (s *scrubber) statement(def *definition) {
	r := s.r
	lines, cut := r.lines, r.cut
	at := s.first
	at.cut = s.shape.cut && !r.earlier
	s.first = s.shape
	if s.diskIndex >= 0 && r.did == wasUsed {
		w := waiting{what: aMinidisk, entry: r.cur, index: s.diskIndex, disk: s.disk, shape: at, lines: lines, cut: cut}
		if len(r.disks) == s.was.disks {
			w.index = -1
		}
		s.countDisk(s.disk.passwords)
		s.wait(w)
		return
	}
	var words []string
	switch {
	case r.did == wasUnknown:
		s.out.Unknown++
		words = []string{"<unknown>"}
	case def == nil:
	case r.did == wasPassedOver:
		if words = []string{def.name}; len(s.kept) > 0 {
			words = s.operands(def) // of a list that the end of the file cuts
		}
	case r.did == wasUnusable:
		s.out.Unknown++
		words = s.operands(def)
		if r.w.n() > 2 {
			// With an operand too few the statement behind it would count as its
			// continuation.
			words = append(words, "<not-well-formed>", "<not-well-formed>")
		}
		for s.namesTooMany(def) && len(words)-1 <= def.operands {
			words = append(words, "<not-well-formed>")
		}
	case def.beginsEntry():
		words = s.entry(def)
	default:
		if words = s.operands(def); len(words) == 1 && def.kind != stOther && def.kind != stDiskOption && def.kind != stAppcPass {
			// Nothing of it was kept, and yet it was well formed.
			if words = append(words, "?", "?"); def.kind == stPosixGList {
				words = []string{def.name, "GIDS"}
			}
		}
	}
	s.put(words, at, lines, cut)
}
