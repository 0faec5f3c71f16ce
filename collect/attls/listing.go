package attls

import (
	"context"
	"hash/maphash"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// pasearch prints its report for people: labels that end in a colon, values in
// columns that differ between the parts, two pairs on some lines. The reader
// goes by the labels and never by the columns.

// listingReader builds the stacks of a pasearch report line by line.
type listingReader struct {
	file   *collect.File
	base   string
	stacks []*stack
	stack  *stack
	rule   *listedRule
	action *listedAction
	// head is the label that the following items belong to.
	head                  *parameter
	read, used, duplicate int64
	ignored               map[string]int64
	known                 map[uint64]bool // digests of the texts of actions seen
	seed                  maphash.Seed
}

// listedRule is a rule being read, with what proves that it is whole.
type listedRule struct {
	*rule
	wanted    int // actions it states, -1 when not read yet
	named     []string
	actions   []*listedAction
	direction bool // the last condition was reached
	stamped   bool // and the stamp behind it
	foreign   bool // not an AT-TLS rule
	from      string
	side      string // Local or Remote, for FromAddr
	summary   bool
	groups    bool // lists of a group were shown before the summary
	negative  bool
	local     *endpoint
	remote    *endpoint
	localSum  *endpoint
	remoteSum *endpoint
	time      []collect.Member
}

// listedAction is an action block of a rule.
type listedAction struct {
	*action
	stamped bool
	text    strings.Builder
	lines   int64
}

// second are the labels that come second on a line.
var second = regexp.MustCompile(`(?:^|\s{2,}|\s)(Status|ForLoadDist|Sequence Actions|To TimeOfDay UTC|To TimeOfDay|NegativeIndicator|LocalPortTo|RemotePortTo|UserId|Time|Image Name):(?:\s|$)`)

// item is a line of a list: a code and its name.
var item = regexp.MustCompile(`^([0-9A-Fa-f]{4})(?:\s+\S+)?$`)

// pairs splits a line into labels and values.
func pairs(text string) [][2]string {
	label, rest, ok := cutLabel(text)
	if !ok {
		return nil
	}
	out := [][2]string{{label, strings.TrimSpace(rest)}}
	if m := second.FindStringSubmatchIndex(rest); m != nil {
		out[0][1] = strings.TrimSpace(rest[:m[0]])
		out = append(out, [2]string{rest[m[2]:m[3]], strings.TrimSpace(rest[m[1]:])})
	}
	return out
}

// cutLabel splits at the first colon that ends a label.
func cutLabel(text string) (label, rest string, ok bool) {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], ':')
		if i < 0 {
			return "", "", false
		}
		i += from
		if i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\t' {
			return strings.TrimSpace(text[:i]), text[i+1:], true
		}
		from = i + 1
	}
}

var header = regexp.MustCompile(`^TCP/IP pasearch CS\s+(\S+)`)

// line takes one line of the report and returns why it was passed over.
func (r *listingReader) line(l collect.Line) string {
	text := scrubLabel(string(l.Text))
	r.file.Scrubbed([]byte(text + "\n"))
	text = strings.TrimSpace(text)
	at := place{l.At(r.file), r.base}
	if text == "" {
		return "blank line"
	}
	if m := header.FindStringSubmatch(text); m != nil {
		r.begin(m[1], text, at)
		return ""
	}
	if r.action != nil {
		r.action.text.WriteString(text)
		r.action.text.WriteByte('\n')
		r.action.lines++
	}
	if m := item.FindStringSubmatch(text); m != nil && r.action != nil {
		return r.item(m[1], at)
	}
	ps := pairs(text)
	if ps == nil {
		return ignoredStray
	}
	if r.stack == nil {
		switch ps[0][0] {
		case "policyRule", "TTLS Action", "TTLS Instance Id":
			r.start(anyStack, 0, at)
		default:
			return ignoredStray
		}
	}
	switch ps[0][0] {
	case "policyRule":
		r.finishRule()
		r.rule = &listedRule{rule: &rule{name: ps[0][1], at: at, conditions: map[string]condition{}}, wanted: -1,
			local: &endpoint{at: at}, remote: &endpoint{at: at}, localSum: &endpoint{at: at}, remoteSum: &endpoint{at: at}}
		r.action, r.head = nil, nil
		return ""
	case "TTLS Action":
		return r.beginAction(ps[0][1], at)
	case "TTLS Instance Id":
		r.stack.instance, _ = strconv.ParseInt(ps[0][1], 10, 64)
		return ""
	}
	switch {
	case r.action != nil:
		return r.parameter(ps[0], at)
	case r.rule != nil && r.rule.foreign:
		return ignoredOther
	case r.rule != nil:
		for _, p := range ps {
			if reason := r.rule.pair(p[0], p[1], at); reason != "" {
				return reason
			}
		}
		return ""
	case ps[0][0] == "Date":
		return ""
	}
	return ignoredStray
}

// begin starts the report of one stack.
func (r *listingReader) begin(version, text string, at place) {
	r.finishRule()
	r.rule, r.action = nil, nil
	name := anyStack
	if m := second.FindStringSubmatchIndex(text); m != nil {
		name = strings.TrimSpace(text[m[1]:])
	}
	rel, _ := parseRelease(version)
	r.start(name, rel, at)
}

func (r *listingReader) start(name string, rel release, at place) {
	for _, s := range r.stacks {
		if s.name == name {
			r.stack = s
			return
		}
	}
	r.stack = &stack{name: name, release: rel, listing: true, at: at}
	r.stacks = append(r.stacks, r.stack)
}

func (r *listingReader) beginAction(name string, at place) string {
	r.endAction()
	if r.rule == nil {
		return ignoredStray
	}
	if r.rule.foreign {
		return ignoredOther
	}
	r.action = &listedAction{action: newAction(scopes, name, at), lines: 1}
	r.action.text.WriteString(name + "\n")
	r.rule.actions = append(r.rule.actions, r.action)
	r.head = nil
	return ""
}

// endAction counts the lines of an action that was listed before under another
// rule as duplicates.
func (r *listingReader) endAction() {
	if r.action == nil {
		return
	}
	id := maphash.String(r.seed, r.action.text.String())
	r.action.text = strings.Builder{}
	if r.known[id] {
		r.duplicate += r.action.lines
		r.used -= r.action.lines
	}
	r.known[id] = true
	r.action = nil
}

// parameter takes a pair inside of an action.
func (r *listingReader) parameter(pair [2]string, at place) string {
	r.head = nil
	label, value := pair[0], pair[1]
	low := strings.ToLower(label)
	switch label {
	case "Version", "Status", "Policy created":
		return ""
	case "Policy updated":
		r.action.stamped = true
		return ""
	case "Scope":
		for s := range scopes {
			if strings.EqualFold(value, s.String()) {
				r.action.scope = s
			}
		}
		return ""
	}
	if statementByName[low] != nil {
		return ""
	}
	p := parameterByName[low]
	if p == nil {
		r.action.lines--
		return ignoredUnknown
	}
	st := r.action.params[p]
	if st == nil || !p.form.list() {
		st = &stated{}
		r.action.params[p] = st
	}
	if value == "" && p.form.list() {
		r.head = p
		return ""
	}
	st.words = append(st.words, word{text: value, at: at, four: true})
	return ""
}

func (r *listingReader) item(code string, at place) string {
	if r.head == nil {
		r.action.lines--
		return ignoredStray
	}
	st := r.action.params[r.head]
	st.words = append(st.words, word{text: code, at: at, four: true})
	return ""
}

// readListing reads one file.
func readListing(ctx context.Context, f *collect.File, opts *collect.Options) (*listingReader, collect.State, string, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, "", "", err
	}
	defer lines.Close()
	r := &listingReader{file: f, base: filepath.Base(f.Name), ignored: map[string]int64{}, known: map[uint64]bool{}, seed: maphash.MakeSeed()}
	cut := false
	for lines.Next() {
		l := lines.Line()
		r.read++
		if reason := r.line(l); reason == "" {
			r.used++
		} else {
			r.ignored[reason]++
		}
		cut = !l.Terminated
	}
	if err := lines.Err(); err != nil && ctx.Err() != nil {
		return nil, "", "", ctx.Err()
	}
	if cut && r.rule != nil && r.rule.partial == "" {
		r.rule.partial = "the last line has no line end and may be cut"
	}
	r.finishRule()
	state, why := lines.End(opts)
	return r, state, why, nil
}
