package compextr

import (
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// form is how keys and values stand in a file.
type form int

const (
	formNone form = iota
	formYAML
	formColon
	formEquals
	formBlank
)

func (f form) String() string {
	return [...]string{"nothing", "YAML", `": "`, `"="`, "blanks"}[f]
}

// Kinds of lines.
const (
	isText = iota
	isBlank
	isComment
	isConsole
)

var kindNames = [...]string{isBlank: "blank", isComment: "comment", isConsole: "console"}

// clean takes off what a console adds, and says what is left.
func clean(s string) (string, int) {
	s = strings.TrimRight(strings.ReplaceAll(s, "\x00", " "), " \t\r")
	if len(s) > 9 && s[2] == ':' && s[5] == ':' && s[8] == ' ' && digits(s[:2]+s[3:5]+s[6:8]) {
		s = s[9:]
	}
	text := strings.TrimSpace(s)
	switch {
	case text == "":
		return "", isBlank
	case text[0] == '#':
		return "", isComment
	case strings.HasPrefix(text, "Ready;"), strings.HasPrefix(text, "Ready("), text == "MORE...", text == "HOLDING", text == "CP READ", text == "VM READ":
		return "", isConsole
	case strings.HasPrefix(text, "RUNNING ") && len(strings.Fields(text)) == 2:
		return "", isConsole
	}
	return s, isText
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isKey reports whether s can be a key: letters, digits and _ - . / [ ].
func isKey(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && !strings.ContainsRune("_-./[]@#$*~", rune(c)) {
			return false
		}
	}
	return true
}

// cut splits a line into key and value.
func (f form) cut(s string) (key, value string, ok bool) {
	switch f {
	case formColon, formYAML:
		if key, value, ok = strings.Cut(s, ": "); !ok {
			key, ok = strings.CutSuffix(s, ":")
		}
	case formEquals:
		key, value, ok = strings.Cut(s, "=")
	case formBlank:
		if i := strings.IndexAny(s, " \t"); i > 0 {
			key, value, ok = s[:i], s[i:], true
		}
	}
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	return key, value, ok && isKey(key)
}

// formOf decides how a file is written, and how many lines fit. A file of
// "key: value" lines is YAML when a line is indented, begins a list or opens a
// mapping; else the separator that fits most lines wins, the earlier one of two
// that fit as many.
func formOf(lines []line) (best form, fits int) {
	nested := false
	var counts [formBlank + 1]int
	for i, l := range lines {
		text := strings.TrimSpace(l.text)
		if text == "---" || text == "..." {
			nested = nested || i == 0
			continue
		}
		item := strings.HasPrefix(text, "- ") || text == "-"
		key, value, ok := formColon.cut(strings.TrimPrefix(text, "- "))
		if ok || item {
			counts[formYAML]++
			nested = nested || item || l.text[0] == ' ' && ok || ok && value == "" && opens(lines[i+1:], indent(l.text)) && key != ""
		}
		for f := formColon; f <= formBlank; f++ {
			// Any two words look like a key and its value, unless the key is made
			// of parts.
			if k, _, ok := f.cut(l.text); ok && l.text[0] != ' ' && (f != formBlank || strings.ContainsAny(k, "._")) {
				counts[f]++
			}
		}
	}
	if nested && 10*counts[formYAML] >= 7*len(lines) && counts[formYAML] > 0 {
		return formYAML, counts[formYAML]
	}
	for f := formColon; f <= formBlank; f++ {
		if counts[f] > fits {
			best, fits = f, counts[f]
		}
	}
	if 2*fits < len(lines) || best == formBlank && 10*fits < 9*len(lines) {
		return formNone, 0
	}
	return best, fits
}

func indent(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

// opens reports whether the line behind one without a value is below it.
func opens(rest []line, above int) bool {
	if len(rest) == 0 {
		return false
	}
	return indent(rest[0].text) > above || strings.HasPrefix(strings.TrimSpace(rest[0].text), "- ")
}

// flat reads the flattened form; it returns how many lines were not understood.
func (r *reader) flat(lines []line, f form) (lost int) {
	last := ""
	lastIndex := -1
	folded := false
	for _, l := range lines {
		key, text, ok := f.cut(l.text)
		if ok && l.text[0] == ' ' && folded {
			ok = false // the rest of a folded value
		}
		switch {
		case ok:
			last, lastIndex = splitIndex(key)
			r.add(last, scalar(text), lastIndex, false, r.at(l))
			r.rec.Used(1)
		case folded && last != "":
			values := r.facts[last].values
			v := &values[len(values)-1]
			v.v = scalar(v.v.Raw() + strings.TrimRight(l.text, " "))
			r.rec.Used(1)
		default:
			lost++
			r.rec.Ignored("no key", 1)
			r.rec.Warn(r.file, l.number, l.offset, "the line holds no key and value")
		}
		folded = l.full
	}
	return lost
}

// splitIndex takes a last index off a key: list.0 and list[0] are items of list.
func splitIndex(key string) (string, int) {
	name, last := key, ""
	if strings.HasSuffix(key, "]") {
		i := strings.LastIndexByte(key, '[')
		if i > 0 {
			name, last = key[:i], key[i+1:len(key)-1]
		}
	} else if i := strings.LastIndexByte(key, '.'); i > 0 {
		name, last = key[:i], key[i+1:]
	}
	if n, err := strconv.ParseUint(last, 10, 31); err == nil && digits(last) && (len(last) == 1 || last[0] != '0') {
		return name, int(n)
	}
	return key, -1
}

// scalar types a value by its form.
func scalar(s string) collect.Value {
	switch {
	case s == "":
		return collect.Text("")
	case s == "[]":
		return collect.List()
	case s[0] == '?' || s[0] == '[':
		return collect.Text(s)
	case s[0] == '\'' && len(s) > 1 && s[len(s)-1] == '\'':
		return collect.Text(strings.ReplaceAll(s[1:len(s)-1], "''", "'"))
	}
	v, err := collect.ParseForm([]byte(s), collect.TypeAbsent)
	if err != nil {
		return collect.Text(s)
	}
	return v
}
