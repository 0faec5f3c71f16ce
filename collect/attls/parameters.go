package attls

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The tables of this package are data: which parameters there are, in which
// blocks they stand and what they may say; what each release of z/OS takes when
// a parameter is absent; the codes of cipher suites, groups and signatures.
var (
	//go:embed parameters.csv
	parametersCSV string
	//go:embed defaults.csv
	defaultsCSV string
	//go:embed suites.csv
	suitesCSV string
	//go:embed codes.csv
	codesCSV string
)

// form is how the value of a parameter is written and recorded.
type form string

const (
	formSwitch     form = "switch"     // On or Off: a boolean
	formVersion    form = "version"    // On or Off: a member of tls/versions
	formWord       form = "word"       // one of a list: text
	formUnset      form = "unset"      // as word, with no default of the Policy Agent
	formText       form = "text"       // anything: text, none when absent
	formTexts      form = "texts"      // may be repeated: a set
	formNumber     form = "number"     // a number in a range
	formInstance   form = "instance"   // a number that only forces a new environment: a metric
	formSecret     form = "secret"     // whether there is one: a boolean
	formSuites     form = "suites"     // cipher suites in order
	formGroups     form = "groups"     // named groups in order
	formSignatures form = "signatures" // signature algorithms in order
	formIgnored    form = "ignored"    // has had no effect since SSLv2 went
)

func (f form) list() bool {
	return f == formTexts || f == formSuites || f == formGroups || f == formSignatures
}

// parameter is one parameter of an action.
type parameter struct {
	name     string
	key      string // below the rule; "" when it is part of another value
	form     form
	words    []string // of switch and word, in the spelling that is recorded
	low      int64
	high     int64
	in       []string // statements in which it may stand
	scopes   [scopes]bool
	defaults []defaultRow
}

// defaultRow is the default from one release on.
type defaultRow struct {
	since release
	// value as it would be written; with a leading question mark, the reason why
	// it is not known.
	value string
	// basis is listed when a real pasearch listing shows the value without its
	// having been set, documented, or inferred from the release before.
	basis string
}

// release is a release of z/OS: 24 for 2.4.
type release int

func (r release) String() string { return fmt.Sprintf("%d.%d", r/10, r%10) }

// firstRelease and lastRelease bound the default tables; supported are those
// that are compared when the release is not known.
const (
	firstRelease release = 21
	lastRelease  release = 32
)

var supported = []release{24, 25, 31, 32}

// parseRelease reads 3.1, V3R1, V03R01 or 03.01.00.
func parseRelease(text string) (release, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	text = strings.TrimPrefix(strings.TrimPrefix(text, "Z/OS"), "CS")
	text = strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(text), "V"), "R", ".")
	parts := strings.Split(text, ".")
	if len(parts) < 2 {
		return 0, false
	}
	major, err1 := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || major < 1 || major > 9 || minor < 0 || minor > 9 {
		return 0, false
	}
	return release(10*major + minor), true
}

// defaultFor returns the default of p at a release; ok is false when p has none
// there, because it needs none or did not exist yet.
func (p *parameter) defaultFor(rel release) (row defaultRow, ok bool) {
	for _, d := range p.defaults {
		if d.since <= rel {
			row, ok = d, true
		}
	}
	return row, ok
}

// varies reports whether the default of p is not the same at all of rels.
func (p *parameter) varies(rels []release) bool {
	for _, r := range rels[1:] {
		a, _ := p.defaultFor(rels[0])
		if b, _ := p.defaultFor(r); a.value != b.value {
			return true
		}
	}
	return false
}

var (
	parameters      = readParameters()
	parameterByName = map[string]*parameter{} // lower case
	versions        []*parameter              // of formVersion, oldest first
)

func init() {
	for _, p := range parameters {
		parameterByName[strings.ToLower(p.name)] = p
		if p.form == formVersion {
			versions = append(versions, p)
		}
	}
	for _, row := range table(defaultsCSV) {
		p := parameterByName[strings.ToLower(row[0])]
		since, ok := parseRelease(row[1])
		if p == nil || !ok {
			panic("internal error: defaults.csv: " + strings.Join(row, ","))
		}
		p.defaults = append(p.defaults, defaultRow{since, row[2], row[3]})
	}
	// Codes of two digits come by this name, codes of four by a name of their own.
	parameterByName["v3ciphersuites4char"] = parameterByName["v3ciphersuites"]
}

// need returns the parameter of a name that the program relies on.
func need(name string) *parameter {
	p := parameterByName[strings.ToLower(name)]
	if p == nil {
		panic("internal error: no parameter " + name)
	}
	return p
}

func readParameters() []*parameter {
	var out []*parameter
	for _, row := range table(parametersCSV) {
		p := &parameter{name: row[0], key: row[1], form: form(row[2]), in: strings.Fields(row[4])}
		switch p.form {
		case formNumber, formInstance:
			low, high, _ := strings.Cut(row[3], "-")
			p.low, _ = strconv.ParseInt(low, 10, 64)
			p.high, _ = strconv.ParseInt(high, 10, 64)
		case formSwitch:
			p.words = []string{"On", "Off"}
		default:
			p.words = strings.Fields(row[3])
		}
		for _, name := range p.in {
			for s := range scopes {
				p.scopes[s] = p.scopes[s] || standsIn(name, actionStatements[s])
			}
		}
		out = append(out, p)
	}
	return out
}

// standsIn reports whether the statement of a name is, or can be a part of, an
// action.
func standsIn(name, action string) bool {
	if name == action {
		return true
	}
	i := slices.IndexFunc(statements, func(s *statement) bool { return s.name == name })
	return i >= 0 && slices.ContainsFunc(statements[i].in, func(outer string) bool { return standsIn(outer, action) })
}

func table(text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("internal error: built-in table: " + err.Error())
	}
	return rows[1:]
}
