package zvm

import (
	"regexp"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

var shortDate = regexp.MustCompile(`^(\d\d)/(\d\d)/(\d\d) `)

// cpLevel reads QUERY CPLEVEL. Dates come in two forms; both are written with
// the year first.
func (q *query) cpLevel(text string, at collect.Origin) bool {
	for _, moment := range [...][2]string{{"Generated at ", "zvm/cplevel/generated"}, {"IPL at ", "zvm/cplevel/ipl"}} {
		if rest, ok := strings.CutPrefix(text, moment[0]); ok {
			q.say(collect.Key(moment[1]), shortDate.ReplaceAllString(rest, "20$3-$1-$2 "), at)
			return true
		}
	}
	w := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
	if _, ok := releaseOf(text); !ok || len(w) < 8 {
		return false
	}
	n, _ := number(w[2])
	q.set("zvm/cplevel/version", collect.Number(n), at)
	q.say("zvm/cplevel/release", w[4], at)
	q.say("zvm/cplevel/service_level", w[7], at)
	return true
}

var (
	aparID  = regexp.MustCompile(`^VM\d{5}$`)
	localID = regexp.MustCompile(`^L[A-Z0-9]{3,7}$`)
)

// cpService reads QUERY CPSERVICE, whose layout is not published: APAR numbers,
// and behind the word LOCAL identifiers of local modifications.
func (q *query) cpService(text string, at collect.Origin) bool {
	known := false
	local := strings.Contains(strings.ToUpper(text), "LOCAL")
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		switch {
		case aparID.MatchString(w):
			q.say(collect.Key("zvm/cpservice/apar").Join(w), "present", at)
			known = true
		case local && localID.MatchString(w) && w != "LOCAL":
			q.say(collect.Key("zvm/cpservice/localmod").Join(w), "present", at)
			known = true
		}
	}
	return known
}

// serviceVariable is a CP environment variable in which z/VM 7.4 keeps the
// service of a component, however the reply sets name and value apart.
var serviceVariable = regexp.MustCompile(`\bZVM\.SERVICE\.(APAR|LEVEL|VERSION)\.([A-Z0-9]+)[ =:]+"?([A-Za-z0-9.]+)`)

// serviceLevel reads such a variable.
func (q *query) serviceLevel(text string, at collect.Origin) bool {
	m := serviceVariable.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	if m[2] != "COMPONENTS" { // it lists the components; each has a variable of its own
		q.say(collect.Key("zvm/service/env").Join(strings.ToLower(m[1]), m[2]), strings.ToUpper(m[3]), at)
	}
	return true
}
