package racf

import (
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// label is how a line begins, in canonical form, and what the rest of it says.
type label struct {
	text string
	// line is its place in the listing; 0 for a line that only says more about
	// the one before.
	line int
	// read takes the rest of the line and records what it says; false when the
	// rest is none of the known variants.
	read func(p *listing, rest string) bool
	// fields become unknown when the rest is not understood.
	fields []string
	// list is the class list that begins with the line.
	list string
}

// labels are all known lines. Sources and variants: z/OS listings of releases
// 1.11 to 3.1 and the wording that DISA's STIG quotes.
var labels = []*label{
	{text: "ATTRIBUTES =", line: 1},
	{text: "STATISTICS =", line: 2, list: "CLASSTAT"},
	{text: "AUDIT CLASSES =", line: 3, list: "AUDIT"},
	{text: "ACTIVE CLASSES =", line: 4, list: "CLASSACT"},
	{text: "GENERIC PROFILE CLASSES =", line: 5, list: "GENERIC"},
	{text: "GENERIC COMMAND CLASSES =", line: 6, list: "GENCMD"},
	{text: "GENLIST CLASSES =", line: 7, list: "GENLIST"},
	{text: "GLOBAL CHECKING CLASSES =", line: 8, list: "GLOBAL"},
	{text: "SETR RACLIST CLASSES =", line: 9, list: "RACLIST"},
	{text: "GLOBAL=YES RACLIST ONLY =", line: 10, list: "RACLIST_ONLY"},
	{text: "LOGOPTIONS ALWAYS CLASSES =", line: 11, list: "LOGALWYS"},
	{text: "LOGOPTIONS NEVER CLASSES =", line: 12, list: "LOGNEVER"},
	{text: "LOGOPTIONS SUCCESSES CLASSES =", line: 13, list: "LOGSUCC"},
	{text: "LOGOPTIONS FAILURES CLASSES =", line: 14, list: "LOGFAIL"},
	{text: "LOGOPTIONS DEFAULT CLASSES =", line: 15, list: "LOGDEFLT"},
	onOff("AUTOMATIC DATASET PROTECTION", "ADSP"),
	onOff("AUTOMATIC DATA SET PROTECTION", "ADSP"),
	onOff("ENHANCED GENERIC NAMING", "EGN"),
	onOff("REAL DATA SET NAMES OPTION", "REALDSN"),
	onOff("JES-BATCHALLRACF OPTION", "JESBATCH"),
	onOff("JES-XBMALLRACF OPTION", "JESXBM"),
	onOff("JES-EARLYVERIFY OPTION", "JESEARLY"),
	{text: "PROTECT-ALL", line: 22, fields: []string{"PROTALL"}, read: (*listing).protectAll},
	onOff("TAPE DATA SET PROTECTION", "TAPEDSN"),
	{text: "SECURITY RETENTION PERIOD IN EFFECT IS", line: 24, fields: []string{"RETPD"}, read: func(p *listing, rest string) bool {
		if strings.TrimSuffix(rest, " DAYS") == "NEVER-EXPIRES" {
			return p.put("RETPD", collect.Number(neverExpires), closed)
		}
		return p.days("RETPD", rest)
	}},
	{text: "ERASE-ON-SCRATCH", line: 25, fields: []string{"ERASE", "ERASEALL", "ERASESEC"}, read: (*listing).eraseOnScratch},
	constant("SINGLE LEVEL NAMES NOT ALLOWED", "PREFIX", collect.Text(none)),
	word("SINGLE LEVEL NAME PREFIX IS", "PREFIX"),
	onOff("LIST OF GROUPS ACCESS CHECKING", "GRPLIST"),
	constant("INACTIVE USERIDS ARE NOT BEING AUTOMATICALLY REVOKED", "INACTIVE", collect.Number(0)),
	days("INACTIVE USERIDS ARE BEING AUTOMATICALLY REVOKED AFTER", "INACTIVE"),
	{text: "NO DATA SET MODELLING BEING DONE", line: 29, fields: modelling, read: noModelling},
	{text: "NO DATA SET MODELING BEING DONE", line: 29, fields: modelling, read: noModelling},
	gdg("DATA SET MODELLING"),
	gdg("DATA SET MODELING"),
	onOff("USER DATA SET MODELLING", "MODUSER"),
	onOff("USER DATA SET MODELING", "MODUSER"),
	onOff("GROUP DATA SET MODELLING", "MODGROUP"),
	onOff("GROUP DATA SET MODELING", "MODGROUP"),

	{text: "PASSWORD PROCESSING OPTIONS:", line: 30, read: func(_ *listing, rest string) bool { return rest == "" }},
	word("THE ACTIVE PASSWORD ENCRYPTION ALGORITHM IS", "PWDALG"),
	{text: "PASSWORD CHANGE INTERVAL IS", line: 32, fields: []string{"INTERVAL"}, read: func(p *listing, rest string) bool { return p.days("INTERVAL", rest) }},
	constant("PASSWORD CHANGE INTERVAL IS IN EFFECT FOR PASSWORD PHRASES", "PHRINT", collect.Number(0)),
	days("PASSWORD PHRASE CHANGE INTERVAL IS", "PHRINT"),
	{text: "PASSWORD MINIMUM CHANGE INTERVAL IS", line: 34, fields: []string{"MINCHANG"}, read: (*listing).minChange},
	onOff("MIXED CASE PASSWORD SUPPORT", "MIXDCASE"),
	onOff("SPECIAL CHARACTERS", "PWDSPEC"),
	constant("NO PASSWORD HISTORY BEING MAINTAINED", "HISTORY", collect.Number(0)),
	{text: "# GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED", line: 37, fields: []string{"HISTORY"}, read: func(p *listing, rest string) bool {
		return rest == "" && p.days("HISTORY", p.leading)
	}},
	constant("USERIDS NOT BEING AUTOMATICALLY REVOKED", "REVOKE", collect.Number(0)),
	constant("USERIDS ARE NOT BEING AUTOMATICALLY REVOKED", "REVOKE", collect.Number(0)),
	{text: "AFTER", line: 38, fields: []string{"REVOKE"}, read: (*listing).revokeAfter},
	{text: "A USERID WILL BE REVOKED", read: func(_ *listing, rest string) bool { return rest == "" }},
	constant("NO PASSWORD EXPIRATION WARNING MESSAGES WILL BE ISSUED", "WARNING", collect.Number(0)),
	days("PASSWORD EXPIRATION WARNING LEVEL IS", "WARNING"),
	{text: "NO INSTALLATION PASSWORD SYNTAX RULES ARE PRESENT", line: 40, fields: []string{"RULES"}, read: (*listing).noRules},
	{text: "INSTALLATION PASSWORD SYNTAX RULES:", line: 40, fields: []string{"RULES"}, read: (*listing).startRules},
	{text: "RULE", line: 40, read: (*listing).rule},
	{text: "LEGEND:", line: 40, read: (*listing).startLegend},

	constant("DEFAULT RVARY PASSWORD IS IN EFFECT FOR THE SWITCH FUNCTION", "RVARSWPW", collect.Text("DEFAULT")),
	constant("INSTALLATION DEFINED RVARY PASSWORD IS IN EFFECT FOR THE SWITCH FUNCTION", "RVARSWPW", collect.Text("INSTLN")),
	constant("DEFAULT RVARY PASSWORD IS IN EFFECT FOR THE STATUS FUNCTION", "RVARSTPW", collect.Text("DEFAULT")),
	constant("INSTALLATION DEFINED RVARY PASSWORD IS IN EFFECT FOR THE STATUS FUNCTION", "RVARSTPW", collect.Text("INSTLN")),
	constant("SECLEVELAUDIT IS INACTIVE", "SLEVAUDT", collect.Text(none)),
	{text: "SECURITY LEVEL FOR AUDITING IS", line: 44, fields: []string{"SLEVAUDT"}, read: func(p *listing, rest string) bool {
		return isWord(rest) && p.put("SLEVAUDT", collect.Text(withoutZeros(rest)), open)
	}},
	onOff("SECLABEL AUDIT", "SLABAUDT"),
	onOff("SECLABEL CONTROL", "SECLABCT"),
	onOff("GENERIC OWNER ONLY", "GENOWNER"),
	onOff("COMPATIBILITY MODE", "COMPMODE"),
	onOff("MULTI-LEVEL QUIET", "MLQUIET"),
	onOff("MULTI-LEVEL STABLE", "MLSTABLE"),
	failOrWarn("NO WRITE-DOWN", "MLS"),
	failOrWarn("MULTI-LEVEL SECURE", "MLS"),
	option("MLS", "MLS"),
	failOrWarn("MULTI-LEVEL ACTIVE", "MLACTIVE"),
	option("MLACTIVE", "MLACTIVE"),
	failOrWarn("CATALOGUED DATA SETS ONLY,", "CATDSNS"),
	failOrWarn("CATALOGUED DATA SETS ONLY", "CATDSNS"),
	option("CATDSNS", "CATDSNS"),
	{text: "CURRENT OPTIONS:", read: func(p *listing, rest string) bool { return rest == "" && (p.awaiting != nil || p.erase != nil) }},
	word("USER-ID FOR JES NJEUSERID IS :", "JESNJE"),
	word("USER-ID FOR JES UNDEFINEDUSER IS :", "JESUNDEF"),
	{text: "PARTNER LU-VERIFICATION SESSIONKEY INTERVAL", line: 56, fields: []string{"SESSINT"}, read: func(p *listing, rest string) bool {
		_, value, found := strings.Cut(rest, " IS ")
		if found && value == "NEVER EXPIRES" {
			return p.put("SESSINT", collect.Number(0), closed)
		}
		return found && p.days("SESSINT", value)
	}},
	onOff("APPLAUDIT", "APPLAUDT"),
	onOff("ADDCREATOR", "ADDCREAT"),
	{text: "KERBLVL =", line: 59, fields: []string{"KERBLVL"}, read: func(p *listing, rest string) bool {
		n, ok := count(rest)
		return ok && p.put("KERBLVL", collect.Number(n), open)
	}},
	activeWord("MULTI-LEVEL FILE SYSTEM", "MLFS"),
	activeWord("MULTI-LEVEL INTERPROCESS COMMUNICATIONS", "MLIPC"),
	onOff("MULTI-LEVEL NAME HIDING", "MLNAMES"),
	onOff("SECURITY LABEL BY SYSTEM", "SLBYSYS"),
	language("PRIMARY LANGUAGE DEFAULT :", "PRIMLANG"),
	language("SECONDARY LANGUAGE DEFAULT :", "SECLANG"),
}

// labelsByWord finds the labels of a line by its first word; longer ones first.
var labelsByWord = func() map[string][]*label {
	m := map[string][]*label{}
	for _, l := range labels {
		first, _, _ := strings.Cut(l.text, " ")
		at := 0
		for at < len(m[first]) && len(m[first][at].text) >= len(l.text) {
			at++
		}
		m[first] = append(m[first][:at], append([]*label{l}, m[first][at:]...)...)
	}
	return m
}()

// findLabel returns the longest label that begins a canonical line, the rest of
// the line, and the number in front of it, which one label has.
func findLabel(line string) (l *label, rest, leading string) {
	first, more, _ := strings.Cut(line, " ")
	if _, ok := count(first); ok {
		leading, first, line = first, "#", "# "+more
	}
	for _, l := range labelsByWord[first] {
		if rest, ok := strings.CutPrefix(line, l.text); ok && (rest == "" || rest[0] == ' ' || strings.HasSuffix(l.text, "=") || strings.HasSuffix(l.text, ":")) {
			return l, strings.TrimLeft(rest, " "), leading
		}
	}
	return nil, "", ""
}

// startsLabel reports whether a line is the beginning of a longer label, as it
// is when a narrow screen wrapped the line.
func startsLabel(line string) bool {
	first, _, _ := strings.Cut(line, " ")
	for _, l := range labelsByWord[first] {
		if strings.HasPrefix(l.text, line+" ") {
			return true
		}
	}
	return false
}

// The shapes that many lines share.

func lineOf(name string) int { return fieldByName[name].line }

func constant(text, name string, v collect.Value) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool {
		return rest == "" && p.put(name, v, closed)
	}}
}

func onOff(text, name string) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool {
		on, ok := state(rest)
		return ok && p.put(name, collect.Bool(on), closed)
	}}
}

func days(text, name string) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool { return p.days(name, rest) }}
}

// word takes a value that stands at the end of the line.
func word(text, name string) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool {
		return isWord(rest) && p.put(name, collect.Text(rest), open)
	}}
}

// activeWord takes an option that the extract interface has as text.
func activeWord(text, name string) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool {
		on, ok := state(rest)
		if !ok {
			return false
		}
		return p.put(name, collect.Text(map[bool]string{true: "ACTIVE", false: "INACTIVE"}[on]), closed)
	}}
}

// failOrWarn takes an option that is off, or on with FAILURES or WARNING on a
// line of its own.
func failOrWarn(text, name string) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool {
		head, _, _ := strings.Cut(rest, ". CURRENT OPTIONS")
		on, ok := state(strings.TrimRight(head, ",: "))
		switch {
		case !ok:
			return false
		case on:
			p.await(name)
			return true
		}
		return p.put(name, collect.Text(none), closed)
	}}
}

// option is the line of its own.
func option(keyword, name string) *label {
	return &label{text: keyword, fields: []string{name}, read: func(p *listing, rest string) bool {
		mode, ok := mode(strings.TrimSuffix(rest, " OPTION IS IN EFFECT"))
		return ok && p.put(name, collect.Text(mode), closed)
	}}
}

func gdg(text string) *label {
	return &label{text: text, line: 29, fields: []string{"MODGDG"}, read: func(p *listing, rest string) bool {
		what, ok := strings.CutSuffix(rest, " FOR GDGS")
		on, known := state(what)
		return ok && known && p.put("MODGDG", collect.Bool(on), closed)
	}}
}

var modelling = []string{"MODGDG", "MODUSER", "MODGROUP"}

func noModelling(p *listing, rest string) bool {
	if rest != "" {
		return false
	}
	for _, name := range modelling {
		p.put(name, collect.Bool(false), closed)
	}
	return true
}

// language takes a three-letter code, which may be followed by " / " and the
// name of the language. The code has a fixed length, so it is known to be whole
// even at the end of a file without line end.
func language(text, name string) *label {
	return &label{text: text, line: lineOf(name), fields: []string{name}, read: func(p *listing, rest string) bool {
		code, _, _ := strings.Cut(rest, " ")
		switch {
		case len(code) == 3 && isClass(code):
			return p.put(name, collect.Text(code), fixed)
		case len(code) < 3 && !p.cur.terminated:
			return p.put(name, collect.Text(code), open)
		}
		return false
	}}
}

// neverExpires is the RETPD operand that means NEVER-EXPIRES.
const neverExpires = 99999

// count reads a number as RACF prints it: up to five digits.
func count(s string) (int64, bool) {
	if len(s) == 0 || len(s) > 5 || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 32)
	return int64(n), err == nil
}

// withoutZeros drops the leading zeros of a number that is kept as text.
func withoutZeros(s string) string {
	if n, ok := count(s); ok {
		return strconv.FormatInt(n, 10)
	}
	return s
}

// state reads the words that say whether an option is on.
func state(s string) (on, ok bool) {
	for _, verb := range []string{"IS ", "ARE "} {
		s = strings.TrimPrefix(s, verb)
	}
	switch s {
	case "IN EFFECT", "ACTIVE", "BEING DONE", "ALLOWED":
		return true, true
	case "NOT IN EFFECT", "INACTIVE", "NOT ACTIVE", "NOT BEING DONE", "NOT ALLOWED":
		return false, true
	}
	return false, false
}

// mode reads FAIL or WARNING; the extract interface spells the first FAILURES.
func mode(s string) (string, bool) {
	switch s {
	case "FAIL", "FAILURES":
		return "FAILURES", true
	case "WARN", "WARNING":
		return "WARNING", true
	}
	return "", false
}
