package attls

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// place is where something stands.
type place struct {
	origin collect.Origin
	file   string // base name
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.origin.Pos) }

// node is one statement or parameter of a policy file.
type node struct {
	keyword string // as spelled
	words   []string
	at      place
	kind    *statement // nil for a parameter and for a statement that is not ours
	block   bool       // a { followed
	closed  bool
	// recovered: the block has no closing brace, but another statement follows.
	recovered bool
	children  []*node
	// whole is how many used lines a statement at the top takes with its block.
	whole int64
}

// name of a statement, "" for an inline one without.
func (n *node) name() string {
	if len(n.words) == 0 {
		return ""
	}
	return n.words[0]
}

// maxName is the length of a name of a rule or action.
const maxName = 32

// maxDepth is how deep blocks may nest; Policy Agent files need four.
const maxDepth = 32

// policyFile is a parsed file.
type policyFile struct {
	file     *collect.File
	top      []*node
	state    collect.State
	why      string
	read     int64
	used     int64
	ignored  map[string]int64
	problems []problem
	// statements counts those that are ours.
	statements int
	// broken says where the braces first did not fit: the Policy Agent installs
	// nothing of such a file, and what belongs to which block is a guess.
	broken string
}

// problem is something odd in the text.
type problem struct {
	at   place
	text string
}

func (f *policyFile) problem(at place, format string, args ...any) {
	if len(f.problems) > maxLint {
		return
	}
	f.problems = append(f.problems, problem{at, fmt.Sprintf(format, args...)})
}

// policyReader builds the tree of a file line by line.
type policyReader struct {
	out   *policyFile
	open  []*node
	last  *node // the statement or parameter that a { would open
	mute  masker
	words []string
}

func (r *policyReader) misfit(at place, text string) {
	r.out.problem(at, "%s", text)
	if r.out.broken == "" {
		r.out.broken = fmt.Sprintf("line %d: %s, so where blocks begin and end is not certain", at.origin.Pos, text)
	}
}

// readPolicy reads one file.
func readPolicy(ctx context.Context, f *collect.File, opts *collect.Options) (*policyFile, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	r := &policyReader{out: &policyFile{file: f, ignored: map[string]int64{}}}
	base := filepath.Base(f.Name)
	for lines.Next() {
		l := lines.Line()
		text := string(l.Text)
		f.Scrubbed([]byte(r.mute.scrub(text)))
		f.Scrubbed([]byte{'\n'})
		r.out.read++
		if reason := r.line(text, place{l.At(f), base}); reason == "" {
			r.out.used++
		} else {
			r.out.ignored[reason]++
		}
	}
	if err := lines.Err(); err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r.out.state, r.out.why = lines.End(opts)
	if r.out.broken != "" {
		r.out.state, r.out.why = collect.Partial, r.out.broken
	}
	if n := len(r.open); n > 0 {
		at := r.open[0]
		r.out.state, r.out.why = collect.Partial, fmt.Sprintf("the file ends inside %s, which begins at line %d", describe(at), at.at.origin.Pos)
		r.out.problem(at.at, "%s is not closed at the end of the file", describe(at))
	} else if r.last != nil && r.last.kind != nil && !r.last.block {
		r.out.state, r.out.why = collect.Partial, fmt.Sprintf("the file ends before the block of %s", describe(r.last))
	}
	return r.out, nil
}

// line takes one line and returns why it was passed over, "" when it was not.
func (r *policyReader) line(text string, at place) (reason string) {
	r.words = fields(text, r.words[:0])
	if len(r.words) == 0 {
		if strings.TrimSpace(text) == "" {
			return "blank line"
		}
		return "comment"
	}
	words := r.mute.mask(r.words)
	defer func() {
		if n := len(r.out.top); n > 0 && reason == "" {
			r.out.top[n-1].whole++
		}
	}()
	// Braces should stand alone; when they do not, what is before and behind
	// them is read as if on lines of its own.
	for len(words) > 0 {
		n := 0
		for n < len(words) && words[n] != "{" && words[n] != "}" {
			n++
		}
		switch {
		case n > 0:
			reason = r.statement(append([]string(nil), words[:n]...), at)
			words = words[n:]
		case words[0] == "{":
			reason = r.openBlock(at)
			words = words[1:]
		default:
			reason = r.closeBlock(at)
			words = words[1:]
		}
	}
	return reason
}

// What lines can be passed over for.
const (
	ignoredOther   = "other Policy Agent statement"
	ignoredUnknown = "unknown keyword"
	ignoredStray   = "outside of every statement"
)

func (r *policyReader) statement(words []string, at place) string {
	n := &node{keyword: words[0], words: words[1:], at: at, kind: statementByName[strings.ToLower(words[0])]}
	if n.kind != nil && len(n.kind.in) == 0 && len(r.open) > 0 && (len(n.words) > 0 || r.open[len(r.open)-1].kind == nil) {
		// Only the top has such a statement: the blocks above it were not closed.
		for _, b := range r.open {
			b.closed, b.recovered = true, true
		}
		r.out.problem(at, "%s lacks a closing brace", describe(r.open[0]))
		r.open = r.open[:0]
	}
	r.last = n
	if len(r.open) == 0 {
		r.out.top = append(r.out.top, n)
		switch {
		case n.kind != nil:
			r.out.statements++
			return ""
		case configStatements[strings.ToLower(n.keyword)]:
			r.out.statements++
			return ""
		}
		return ignoredStray
	}
	parent := r.open[len(r.open)-1]
	parent.children = append(parent.children, n)
	switch {
	case r.open[0].kind == nil:
		return ignoredOther
	case n.kind != nil || known(n.keyword):
		return ""
	case parent.kind != nil && parent.kind.name == stTime && n.keyword != masked:
		return "" // the words of a time condition are kept whatever they are
	}
	return ignoredUnknown
}

func (r *policyReader) openBlock(at place) string {
	n := r.last
	if n == nil || n.block {
		r.misfit(at, "a brace opens a block that has no name")
		n = &node{at: at}
		if len(r.open) > 0 {
			parent := r.open[len(r.open)-1]
			parent.children = append(parent.children, n)
		} else {
			r.out.top = append(r.out.top, n)
		}
	}
	r.last = nil
	n.block = true
	if len(r.open) >= maxDepth {
		r.misfit(at, fmt.Sprintf("blocks nest deeper than %d", maxDepth))
		return ignoredStray
	}
	r.open = append(r.open, n)
	return r.braceReason()
}

func (r *policyReader) closeBlock(at place) string {
	r.last = nil
	if len(r.open) == 0 {
		r.misfit(at, "a closing brace has no opening one")
		return ignoredStray
	}
	reason := r.braceReason()
	r.open[len(r.open)-1].closed = true
	r.open = r.open[:len(r.open)-1]
	return reason
}

// braceReason accounts for a brace of the outermost open block.
func (r *policyReader) braceReason() string {
	if r.open[0].kind == nil {
		return ignoredOther
	}
	return ""
}

// configStatements stand in the main and image files.
var configStatements = map[string]bool{
	"tcpimage": true, "pepinstance": true, "ttlsconfig": true, "commonttlsconfig": true,
}

// innerKeywords are the words inside of groups of ports and addresses.
var innerKeywords = map[string]bool{"port": true, "addr": true, "prefix": true, "range": true}

func known(keyword string) bool {
	low := strings.ToLower(keyword)
	return parameterByName[low] != nil || statementByRef[low] != nil || conditionNames[low] != "" ||
		innerKeywords[low]
}

// describe names a statement for people.
func describe(n *node) string {
	switch {
	case n.keyword == "":
		return "a block without a name"
	case n.name() != "" && n.kind != nil:
		return n.kind.name + " " + n.name()
	case n.kind != nil:
		return n.kind.name
	case plain(n.keyword):
		return n.keyword
	}
	return "a statement"
}

// plain reports whether a word has the form of a keyword and can be shown.
func plain(word string) bool {
	if len(word) > 40 {
		return false
	}
	for i := range len(word) {
		c := word[i] | 0x20
		if !(c >= 'a' && c <= 'z' || isDigit(word[i]) || i > 0 && (word[i] == '.' || word[i] == '_')) {
			return false
		}
	}
	return word != ""
}

// fields appends the words of a line without its comment. A # begins a comment
// only at the start of a word: names such as zowe#3 exist.
func fields(text string, dst []string) []string {
	for _, w := range strings.Fields(text) {
		if w[0] == '#' {
			break
		}
		dst = append(dst, w)
	}
	return dst
}
