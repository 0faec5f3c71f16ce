package racf

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// ErrCommandFailed means that the file holds the answer of a SETROPTS or extract
// command that was refused, not a listing.
var ErrCommandFailed = errors.New("the command failed")

// Bounds of one listing. The largest one we know has 265 lines of 80 columns.
const (
	maxRows  = 20000
	maxBytes = 8 << 20
)

// gather finds the last listing in what a session, a job or a spool file holds:
// the lines from ATTRIBUTES to the next prompt. It keeps one listing at a time,
// because only all of its lines together tell whether column 1 is carriage
// control.
type gather struct {
	out  *collect.Recorder
	f    *collect.File
	rows []row
	size int

	begun  bool
	over   bool // a prompt or the next command stands behind it
	later  bool // and the next command was SETROPTS LIST too
	vm     bool // a prompt or command of CMS was seen
	failed *failure
	lines  int64 // lines that are not blank
}

// line takes the next line of the file as it came.
func (g *gather) line(r row) error {
	g.out.Read(1)
	text := canonical(r.raw)
	if text != "" {
		g.lines++
	}
	switch {
	case beginsListing(text):
		if len(g.rows) > 0 {
			g.out.Ignored("earlier listing", int64(len(g.rows)))
		}
		g.rows, g.size = g.rows[:0], 0
		g.begun, g.over, g.later, g.failed = true, false, false, nil
	case isCommand(text):
		g.vm = g.vm || strings.Contains(text, "RAC ")
		g.over, g.later = g.begun, g.begun
		g.out.Ignored("command or prompt", 1)
		return nil
	case isPrompt(r.raw):
		g.vm = g.vm || isReadyCMS(r.raw)
		g.over = g.begun
		g.out.Ignored("command or prompt", 1)
		return nil
	case !g.begun:
		g.note(text, r)
		g.out.Ignored("before the listing", 1)
		return nil
	case g.over:
		g.note(text, r)
		g.out.Ignored("after the listing", 1)
		return nil
	}
	r.raw = strings.Clone(r.raw)
	g.rows = append(g.rows, r)
	g.size += len(r.raw)
	if len(g.rows) > maxRows || g.size > maxBytes {
		return &collect.Error{File: g.f.Name, Line: r.at.Pos, Offset: r.at.Offset,
			Err:    fmt.Errorf("%w: the listing is longer than %d lines or %d bytes", collect.ErrLimit, maxRows, maxBytes),
			Advice: "cut the output of SETROPTS LIST out of the file, and give that"}
	}
	return nil
}

// skip passes over a line outside a listing that cannot matter, without looking
// at all of it: a spool file is mostly such lines.
func (g *gather) skip(line []byte) bool {
	if g.begun && !g.over || bytes.IndexByte(line, 0x1A) >= 0 {
		return false
	}
	line = bytes.TrimLeft(line, " 01+-\t\f\x00")
	if len(line) > 2 {
		switch first := [3]byte{upper(line[0]), upper(line[1]), upper(line[2])}; string(first[:]) {
		case "ATT", "SET", "REA", "TSO", "RAC", "END", "IKJ", "ICH", "IRR":
			return false
		}
	}
	g.out.Read(1)
	if len(line) > 0 {
		g.lines++
	}
	if g.begun {
		g.out.Ignored("after the listing", 1)
	} else {
		g.out.Ignored("before the listing", 1)
	}
	return true
}

// upper makes letters upper case.
func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		c -= 'a' - 'A'
	}
	return c
}

// note remembers that the command was refused.
func (g *gather) note(text string, r row) {
	if id := refusal(text); id != "" && g.failed == nil {
		g.failed = &failure{id, r.at}
	}
}

// control reports whether column 1 holds ASA carriage control, as in spool
// files: a digit 1 (new page) that is followed by the indentation of a
// continuation, or a control character in front of a known line.
func (g *gather) control() bool {
	for _, r := range g.rows {
		if strings.HasPrefix(r.raw, "1  ") {
			return true
		}
		if r.raw == "" || !strings.ContainsRune("10+-", rune(r.raw[0])) {
			continue
		}
		if l, _, _ := findLabel(canonical(r.raw)); l != nil {
			continue
		}
		if l, _, _ := findLabel(canonical(r.raw[1:])); l != nil {
			return true
		}
	}
	return false
}

// spaced reports whether a blank line follows every line, as when line ends were
// converted twice.
func (g *gather) spaced() bool {
	for i, r := range g.rows {
		if blank := canonical(r.raw) == ""; blank != (i%2 == 1) {
			return false
		}
	}
	return true
}

// read lets a listing take the gathered lines.
func (g *gather) read(p *listing) {
	control := g.control()
	last := ""
	for _, r := range g.rows {
		if control && r.raw != "" && strings.ContainsRune(" 01+-", rune(r.raw[0])) {
			again := r.raw[0] == '+' && r.raw[1:] == last
			r.raw = r.raw[1:]
			if again { // printed twice to make it bold
				g.out.Duplicate(1)
				continue
			}
		}
		last = r.raw
		p.line(r)
	}
}

// beginsListing reports whether a line is the first of a listing, with or
// without carriage control.
func beginsListing(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(text, " 01+-"), "ATTRIBUTES =")
}

// isCommand reports whether a line is the echo of the command.
func isCommand(text string) bool {
	text = strings.TrimLeft(text, " 01+-")
	for _, before := range []string{"READY ", "TSO ", "RAC "} {
		text = strings.TrimPrefix(text, before)
	}
	return text == "SETROPTS LIST" || text == "SETR LIST"
}

// isPrompt reports whether a line shows that the command has ended. TSO prints
// READY at the margin; a class of that name would be indented.
func isPrompt(raw string) bool {
	s := strings.TrimRight(raw, " \r\t")
	if s == "" {
		return false
	}
	if strings.ContainsRune(" 01-", rune(s[0])) {
		s = s[1:]
	}
	return s == "READY" || s == "END" || isReadyCMS(raw)
}

// isReadyCMS reports the prompt of CMS: "Ready;", "Ready(00008);" and either with
// a time behind.
func isReadyCMS(raw string) bool {
	raw = strings.TrimLeft(raw, " ")
	return strings.HasPrefix(raw, "Ready;") || strings.HasPrefix(raw, "Ready(")
}

// readText reads a listing that is plain text.
func readText(ctx context.Context, f *collect.File, opts *collect.Options, out *collect.Recorder, vm bool) (*answers, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	g := &gather{out: out, f: f}
	for lines.Next() {
		l := lines.Line()
		if g.skip(l.Text) {
			continue
		}
		at := l.At(f)
		// Terminal emulators separate captures by a Ctrl-Z.
		rest := string(l.Text)
		for more := true; more; {
			var piece string
			piece, rest, more = strings.Cut(rest, "\x1A")
			if err := g.line(row{raw: piece, at: at, terminated: more || l.Terminated}); err != nil {
				return nil, err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if !g.begun {
		return nil, g.nothing()
	}
	if g.failed != nil {
		out.Warn(f, g.failed.at.Pos, g.failed.at.Offset, "a later command failed with %s: the listing before it is used", g.failed.id)
	}
	if g.vm && !vm {
		out.Warn(f, 0, 0, "the listing seems to come from z/VM: name the source racf-setropts-zvm to have it judged as such")
	}
	p := newListing(out, f, vm)
	// Our capture jobs trap the lines as RACF makes them, which prints none that is
	// blank; a terminal, or line ends that were converted twice, may add some.
	p.noBlanks = lines.Capture() != nil && !g.spaced()
	g.read(p)
	end, why := lines.End(opts)
	g.conclude(p, lines.Capture(), end, why)
	return p.a, p.err
}

// nothing is the error for a file without a listing.
func (g *gather) nothing() error {
	if g.failed != nil {
		return g.failed.error(g.f)
	}
	if g.lines == 0 {
		return &collect.Error{File: g.f.Name, Offset: -1, Err: fmt.Errorf("%w: it holds blank lines only", collect.ErrEmpty),
			Advice: "the job that writes it probably failed: look at its output, then run it again"}
	}
	return &collect.Error{File: g.f.Name, Offset: -1, Err: fmt.Errorf("%w: no line begins with ATTRIBUTES =, as SETROPTS LIST does", collect.ErrNotRecognised),
		Advice: "check that the file holds the output of SETROPTS LIST from its first line, translated with the right code page"}
}

// conclude ends a listing and says how far it can be relied on. The capture
// header's end mark, if there should be one, must be right. Else the listing
// speaks for itself: by its last line, or by the prompt behind it.
func (g *gather) conclude(p *listing, capture *collect.Capture, end collect.State, why string) {
	a := p.a
	reached := p.seen[lastLine] || g.over
	last := g.rows[len(g.rows)-1]
	switch {
	case g.later:
		// An older answer than the file should hold.
		a.state, a.reason = collect.Partial, "a later SETROPTS LIST in the file has no output"
		a.stale = true
	case capture != nil && end != collect.Complete:
		a.state, a.reason = collect.Partial, why
		a.lost = capture.Lines >= 0 // lines are gone, nobody knows where
	case reached, end == collect.Complete && last.terminated:
		a.state = collect.Complete
	case p.vm && last.terminated:
		a.state, a.reason = collect.Open, why
	default:
		a.state, a.reason = collect.Partial, p.stopped(last)
	}
	p.finish(a.state == collect.Complete || reached, cmp.Or(a.reason, "the listing ends here"))
	if a.state != collect.Complete {
		return
	}
	if missing := p.missing(); len(missing) > 0 {
		a.state = collect.Partial
		a.reason = "lines that every listing has are missing: " + strings.Join(missing[:min(5, len(missing))], ", ")
		if len(missing) > 5 {
			a.reason += fmt.Sprintf(" and %d more", len(missing)-5)
		}
	}
}

// stopped says where a listing was cut.
func (p *listing) stopped(last row) string {
	what := ""
	if p.place > 0 {
		what = ", in or behind the line of " + lineName(p.place)
	}
	return fmt.Sprintf("the listing stops at line %d%s", last.at.Pos, what)
}
