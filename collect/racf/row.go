package racf

import (
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// row is one line that RACF printed, freed of what the way it was captured put
// around it.
type row struct {
	raw        string // as printed, with indentation, without carriage control
	at         collect.Origin
	terminated bool // its end is known; false for a last line without line end
}

// canonical is the text of a line as the labels spell it: upper case, single
// blanks, no quotation marks, no full stop at the end. Full stops and quotation
// marks come and go between releases, and blanks with the width of numbers.
func canonical(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for i := range len(s) {
		c := s[i]
		switch {
		case isBlank(c):
			blank = b.Len() > 0
			continue
		case c == '"':
			continue
		case 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteByte(c)
	}
	return strings.TrimRight(strings.TrimSuffix(b.String(), "."), " ")
}

// isBlank holds for blanks, and for what spool transfers turn page ejects and
// padding into.
func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r' || c == 0
}

// words splits a line at blanks and leaves the words as they are.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && isBlank(byte(r)) })
}

// indent is the number of blanks before the first word.
func indent(s string) int {
	for i := range len(s) {
		if !isBlank(s[i]) {
			return i
		}
	}
	return 0
}

// isClass reports whether s can be the name of a class.
func isClass(s string) bool {
	if len(s) == 0 || len(s) > 8 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !('A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '$' || c == '#' || c == '@') {
			return false
		}
	}
	return true
}

// isWord reports whether s can be a name or a number that RACF prints.
func isWord(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}

// looksLikeClasses reports whether a line can continue a class list: every word
// can be a class, and no word makes it a sentence, which is what a setting of
// short words looks like.
func looksLikeClasses(ws []string) bool {
	for _, w := range ws {
		if !isClass(w) || sentenceWords[w] {
			return false
		}
	}
	return len(ws) > 0
}

// isSentence reports whether a line says something about a setting.
func isSentence(ws []string) bool {
	for _, w := range ws {
		if sentenceWords[w] {
			return true
		}
	}
	return false
}

var sentenceWords = map[string]bool{"IS": true, "ARE": true, "NOT": true, "BEING": true, "WILL": true}

// isNoise reports lines that a screen or a prompt adds anywhere: the end of a
// 3270 screen, the command line and its history.
func isNoise(s string) bool {
	s = strings.TrimLeft(s, " \t")
	return strings.TrimRight(s, " \t") == "***" || strings.HasPrefix(s, "=>") || strings.HasPrefix(s, "===>")
}

// describe names a line in a message without showing what may be a value: the
// words before its verb, equals sign or bracket.
func describe(s string) string {
	s = canonical(s)
	end := -1
	for _, sep := range []string{" =", " IS ", " ARE ", " :", "(", ":"} {
		if i := strings.Index(s, sep); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return "of unknown shape"
	}
	return `"` + clip(s[:end]) + ` ..."`
}
