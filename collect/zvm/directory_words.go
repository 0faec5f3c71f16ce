package zvm

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words is one statement cut at blanks. Upper holds the text with its ASCII
// letters folded, byte for byte as long as the text itself, so that one pair of
// bounds serves both.
type words struct {
	text  []byte
	upper []byte
	at    []span
}

type span struct{ lo, hi int }

// set cuts text. The slices stay valid until the next call, as long as the
// caller keeps text.
func (w *words) set(text []byte) {
	w.text = text
	w.upper = append(w.upper[:0], text...)
	w.at = w.at[:0]
	start := -1
	for i, c := range w.upper {
		if c == ' ' || c == '\t' || c == 0 {
			if start >= 0 {
				w.at = append(w.at, span{start, i})
				start = -1
			}
			continue
		}
		if start < 0 {
			start = i
		}
		if 'a' <= c && c <= 'z' {
			w.upper[i] = c - ('a' - 'A')
		}
	}
	if start >= 0 {
		w.at = append(w.at, span{start, len(w.upper)})
	}
}

// operandsOf cuts text as [words.set] does; other characters that are called white
// space elsewhere are part of a word here.
func operandsOf(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '\t' || c == 0 })
}

// n is how many words there are, the name of the statement included.
func (w *words) n() int { return len(w.at) }

// up returns word i folded to upper case, nil behind the last.
func (w *words) up(i int) []byte {
	if i >= len(w.at) {
		return nil
	}
	return w.upper[w.at[i].lo:w.at[i].hi]
}

// raw returns word i as it was written.
func (w *words) raw(i int) []byte {
	if i >= len(w.at) {
		return nil
	}
	return w.text[w.at[i].lo:w.at[i].hi]
}

// is reports whether word i is an abbreviation of name of at least min letters.
func (w *words) is(i int, name string, min int) bool {
	s := w.up(i)
	return len(s) >= min && len(s) <= len(name) && string(s) == name[:len(s)]
}

// columns cuts a record behind column 72 and reports whether column 72 itself
// holds something: CP reads up to there at most, 73 to 80 are sequence numbers.
// A column is a character, however many bytes it took after translation.
func columns(text []byte) (cut []byte, full bool) {
	if len(text) < 72 {
		return text, false
	}
	column, last := 0, 0
	for i := 0; i < len(text); column++ {
		if column == 72 {
			return text[:i], text[last] != ' '
		}
		last = i
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(text[i:])
		i += n
	}
	return text, column == 72 && text[last] != ' '
}

// trim drops the blanks, tabs and NULs that pad a record.
func trim(b []byte) []byte {
	for len(b) > 0 {
		if c := b[len(b)-1]; c != ' ' && c != '\t' && c != 0 && c != '\r' {
			break
		}
		b = b[:len(b)-1]
	}
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == 0) {
		b = b[1:]
	}
	return b
}

// isName reports whether b can be a userid, a profile or any other CP name: one
// to max printable characters.
func isName(b []byte, max int) bool {
	if len(b) == 0 || len(b) > 4*max || !utf8.Valid(b) {
		return false
	}
	n := 0
	for i := 0; i < len(b); n++ {
		if c := b[i]; c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7F {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if !unicode.IsPrint(r) {
			return false
		}
		i += size
	}
	return n <= max
}

// isWord reports whether b is made of letters, digits and the few signs that
// keywords and their values use, and is not longer than max.
func isWord(b []byte, max int) bool {
	if len(b) == 0 || len(b) > max {
		return false
	}
	for _, c := range b {
		switch {
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c == '-' || c == '_' || c == '.' || c == '%' || c == '/' || c == '=' || c == '*' || c == '@' || c == '#' || c == '$' || c == '&' || c == ',' || c == ':' || c == '+':
		default:
			return false
		}
	}
	return true
}

// hex reads one to four hexadecimal digits: a device number.
func hex(b []byte) (v uint16, ok bool) {
	if len(b) == 0 || len(b) > 4 {
		return 0, false
	}
	for _, c := range b {
		switch {
		case '0' <= c && c <= '9':
			v = v<<4 | uint16(c-'0')
		case 'A' <= c && c <= 'F':
			v = v<<4 | uint16(c-'A'+10)
		default:
			return 0, false
		}
	}
	return v, true
}

// appendVdev writes a device number the one way it is written in keys.
func appendVdev(dst []byte, v uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}

// decimal reads a whole number of up to 15 digits.
func decimal(b []byte) (n int64, ok bool) {
	if len(b) == 0 || len(b) > 15 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// size reads a storage size, digits and a unit, and returns it without leading
// zeros. A number without unit is refused: it is where a password ends up when
// an operand is missing.
func size(b []byte) (canonical []byte, ok bool) {
	if len(b) < 2 {
		return nil, false
	}
	switch b[len(b)-1] {
	case 'K', 'M', 'G', 'T', 'P', 'E':
	default:
		return nil, false
	}
	if _, ok := decimal(b[:len(b)-1]); !ok {
		return nil, false
	}
	for len(b) > 2 && b[0] == '0' {
		b = b[1:]
	}
	return b, true
}
