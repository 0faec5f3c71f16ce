package ibmi

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// This file reads listings (spooled files) that hold system values. Their layout
// is not published, so little of it is relied on:
//
//   - WRKSYSVAL: below a heading of columns, one line for each value that begins
//     with its name; ">" in front marks a value that is not the shipped one. The
//     second column is the current value; a value of several words goes on below
//     it. Where columns begin is taken from the heading, whatever its language.
//   - DSPSECAUD and DSPSYSVAL: "label . . . . : value". A label that holds the
//     name of a system value gives that value. A value that is itself such a name
//     begins the block of DSPSYSVAL: description, then value.
//
// A listing that can be cut inside a value leaves its last value partial.

// listingCell is text between runs of two or more blanks.
type listingCell struct {
	start int // in characters from the left margin
	text  string
}

func listingCells(line string) (cells []listingCell) {
	chars := []rune(line)
	for i := 0; i < len(chars); {
		if chars[i] == ' ' {
			i++
			continue
		}
		from := i
		for i < len(chars) && (chars[i] != ' ' || i+1 < len(chars) && chars[i+1] != ' ') {
			i++
		}
		cells = append(cells, listingCell{from, string(chars[from:i])})
	}
	return cells
}

var (
	valueLine = regexp.MustCompile(`^([ >]*)(Q[A-Z0-9]{2,9})(?: |$)`)
	labelLine = regexp.MustCompile(`^\s*(\S.*?)((?: ?\.)*) *:(?: (.*)|$)`)
	valueName = regexp.MustCompile(`\bQ[A-Z0-9]{2,9}\b`)
)

// catalogued reports whether the catalogue names this very system value.
func catalogued(name string) bool {
	key := sysvalPrefix.Join(name)
	d, ok := collect.Keys().Lookup(key)
	return ok && d.Pattern == string(key)
}

// labelled splits "label . . . : value". Text with a colon in it is no label
// unless so many dots lead to the colon or a system value is named before it.
func labelled(line string, dots int) (label, value string, ok bool) {
	m := labelLine.FindStringSubmatch(line)
	if m == nil || strings.Count(m[2], ".") < dots && !slices.ContainsFunc(valueName.FindAllString(m[1], -1), catalogued) {
		return "", "", false
	}
	return m[1], strings.TrimSpace(m[3]), true
}

// endOfListing is the last line of many listings, spaced out.
func endOfListing(line string) bool {
	compact := strings.ReplaceAll(line, " ", "")
	return strings.Contains(compact, "ENDOFLISTING") && strings.HasPrefix(compact, "*")
}

// listingForm decides whether text is a listing of system values.
func listingForm(text []byte) (sysvalForm, collect.Confidence) {
	rows, labels := 0, 0
	heading := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(strings.TrimLeft(line, "\f"), "\r\n ")
		if m := valueLine.FindStringSubmatch(line); m != nil && heading && catalogued(m[2]) {
			rows++
		} else if label, value, ok := labelled(line, 2); ok {
			if catalogued(value) || slices.ContainsFunc(valueName.FindAllString(label, -1), catalogued) {
				labels++
			}
		} else if len(listingCells(line)) >= 3 {
			heading = true
		}
	}
	confidence := func(n int) collect.Confidence {
		if n >= 5 {
			return collect.Certain
		}
		return collect.Likely
	}
	switch {
	case rows == 0 && labels == 0:
		return formNone, collect.No
	case rows > labels:
		return formTable, confidence(rows)
	}
	return formLabels, confidence(labels + 3)
}

// listing is the state of reading one.
type listing struct {
	s       *sysvals
	f       *collect.File
	form    sysvalForm
	heading []listingCell
	value   *listedValue // the value that the next line may belong to
	follows bool         // and may continue
	ended   bool         // the last line that is not blank ends the listing
}

// listedValue is a value while its lines are read.
type listedValue struct {
	name  string
	at    collect.Origin
	words []string
	block bool // of DSPSYSVAL: labels are the description and the value
	// Of a block: what stood behind the labels, and whether a line was seen
	// that may be part of a list but does not look like it.
	labels []string
	doubt  bool
}

func (s *sysvals) readListing(ctx context.Context, f *collect.File, opts *collect.Options, form sysvalForm) (ending, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return ending{}, err
	}
	defer lines.Close()
	l := &listing{s: s, f: f, form: form}
	for lines.Next() {
		line := lines.Line()
		s.rec.Read(1)
		text := string(line.Text)
		if rest := strings.TrimLeft(text, "\f"); rest != text {
			l.follows, text = false, rest
		}
		text = strings.ReplaceAll(strings.TrimRight(text, " \r\t\x00"), "\t", "        ")
		if why := l.line(text, line); why != "" {
			s.rec.Ignored(why, 1)
		} else {
			s.rec.Used(1)
		}
	}
	if err := lines.Err(); err != nil {
		if !errors.Is(err, collect.ErrLimit) {
			return ending{}, err
		}
		s.rec.Warn(f, 0, 0, "reading stopped: %v", err)
	}
	state, reason := lines.End(opts)
	if state == collect.Open && l.ended {
		state, reason = collect.Complete, ""
	}
	l.close(true)
	return ending{state, reason}, nil
}

// line takes one line and returns why it is ignored, "" when it is used.
func (l *listing) line(text string, line collect.Line) string {
	if text == "" {
		if l.value != nil && !l.value.block {
			l.follows = false
		}
		return "blank line"
	}
	l.ended = false
	if endOfListing(text) {
		l.close(false)
		l.ended = true
		return "end of listing"
	}
	if l.form == formTable {
		return l.tableLine(text, line)
	}
	return l.labelLine(text, line)
}

// tableLine takes a line of a WRKSYSVAL listing.
func (l *listing) tableLine(text string, line collect.Line) string {
	if m := valueLine.FindStringSubmatch(text); m != nil && len(l.heading) >= 3 && len(m[0]) <= l.heading[1].start+1 {
		value := l.current(strings.Repeat(" ", len(m[1])+len(m[2])) + text[len(m[1])+len(m[2]):])
		if !line.Terminated && value == "" {
			return "last line without line end, may be cut"
		}
		l.close(false)
		l.value, l.follows = &listedValue{name: m[2], at: line.At(l.f)}, true
		if value != "" {
			l.value.words = append(l.value.words, value)
		}
		return ""
	}
	cells := listingCells(text)
	if l.isHeading(cells) {
		l.follows = l.value != nil // a list may go on behind a page heading
		return "heading"
	}
	if l.value != nil && l.follows && cells[0].start >= l.heading[1].start-1 {
		if value := l.current(text); value != "" {
			l.value.words = append(l.value.words, value)
		}
		return ""
	}
	l.follows = false
	if len(cells) >= 3 && l.value == nil {
		l.heading = cells
	}
	return "heading"
}

// current returns the text of the column of current values.
func (l *listing) current(text string) string {
	var words []string
	for _, c := range listingCells(text) {
		if c.start >= l.heading[1].start-1 && c.start < l.heading[2].start-1 {
			words = append(words, c.text)
		}
	}
	return strings.Join(words, "  ")
}

func (l *listing) isHeading(cells []listingCell) bool {
	return l.heading != nil && slices.EqualFunc(cells, l.heading, func(a, b listingCell) bool { return a.text == b.text })
}

// labelLine takes a line of a DSPSECAUD or DSPSYSVAL listing.
func (l *listing) labelLine(text string, line collect.Line) string {
	dots := 2
	if l.value != nil && l.value.block {
		dots = 1 // a long label leaves room for one
	}
	label, value, ok := labelled(text, dots)
	if !ok {
		return l.below(text)
	}
	// What stands at a distance behind a value are the values that are allowed.
	var first string
	if cells := listingCells(value); len(cells) > 0 {
		first = cells[0].text
	}
	names := valueName.FindAllString(label, -1)
	switch {
	case slices.Contains(names, "QAUDJRN"):
		l.close(false)
		if v := yesNo(first); !v.IsUnknown() {
			l.s.add(securityPrefix.Join("AUDIT_JOURNAL_EXISTS"), reading{value: v, at: line.At(l.f), form: formLabels, file: l.f.Index(), cut: !line.Terminated})
			return ""
		}
		return "not a system value"
	case slices.ContainsFunc(names, catalogued):
		l.close(false)
		name := names[slices.IndexFunc(names, catalogued)]
		l.value, l.follows = &listedValue{name: name, at: line.At(l.f)}, true
		if value != "" {
			l.value.words = []string{l.choose(name, value, first)}
		}
		return ""
	case catalogued(first):
		l.close(false)
		l.value, l.follows = &listedValue{name: first, at: line.At(l.f), block: true}, true
		return ""
	case l.value != nil && l.value.block:
		l.value.labels = append(l.value.labels, l.choose(l.value.name, value, first))
		return ""
	}
	l.close(false)
	return "not a system value"
}

// choose returns all of a value that can hold several words, else its first
// part.
func (l *listing) choose(name, value, first string) string {
	if severalWords(name) && allSpecial(value) {
		return value
	}
	return first
}

func severalWords(name string) bool {
	t := collect.Keys().Type(sysvalPrefix.Join(name))
	return t == collect.TypeSet || t == collect.TypeList
}

// allSpecial reports whether every word of text is a special word.
func allSpecial(text string) bool {
	for _, w := range strings.Fields(text) {
		if len(w) < 2 || w[0] != '*' {
			return false
		}
	}
	return true
}

// below takes a line without a label: more words of the value above it.
func (l *listing) below(text string) string {
	switch {
	case l.value == nil || !l.follows:
		return "heading"
	case allSpecial(text):
		l.value.words = append(l.value.words, strings.TrimSpace(text))
		return ""
	case severalWords(l.value.name) && strings.ToUpper(text) == text && len(strings.Fields(text)) == 1:
		// A library in a list, perhaps.
		if !l.value.block {
			l.value.words = append(l.value.words, strings.TrimSpace(text))
			return ""
		}
		l.value.doubt = true
	case !l.value.block:
		l.follows = false
	}
	return "heading"
}

// close records the value that was being read. last: the listing stops here, so
// more of it may have been cut off.
func (l *listing) close(last bool) {
	v := l.value
	l.value, l.follows = nil, false
	if v == nil {
		return
	}
	text := strings.Join(v.words, "\n")
	if v.block && len(v.labels) > 1 { // the first is the description
		text = strings.TrimSpace(v.labels[1] + "\n" + text)
		if qualified[v.name] && len(v.labels) > 2 && !strings.HasPrefix(v.labels[1], "*") {
			text = v.labels[1] + " " + v.labels[2]
		}
	}
	value := collect.Unknown("the listing shows no value")
	switch {
	case v.doubt:
		value = collect.Unknown("the listing shows a list in a layout that is not known")
	case text != "":
		value = sysvalValue(v.name, text)
	}
	l.s.add(sysvalPrefix.Join(v.name), reading{value: value, at: v.at, form: l.form, file: l.f.Index(), cut: last})
}
