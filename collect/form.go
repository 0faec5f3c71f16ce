package collect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file is the one place that knows how keys and values are written as
// text. A line of facts is `key: value`, where value is the form below. The
// form must be canonical: the content digest is taken over it.

// AppendForm appends the canonical form of v to dst: text as it is, numbers and
// booleans bare, sets and lists as a JSON array on one line, unknown as
// "?reason", and text that could be misread as any of these, or that holds
// characters a terminal would act on, as a JSON string. An absent value has the
// empty form.
func (v Value) AppendForm(dst []byte) []byte {
	switch v.typ {
	case TypeAbsent:
		return dst
	case TypeSet, TypeList:
		dst = append(dst, '[')
		for i, s := range v.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendQuoted(dst, s)
		}
		return append(dst, ']')
	case TypeUnknown:
		dst = append(dst, '?')
		return append(dst, v.text...)
	case TypeText:
		if textNeedsQuotes(v.text) {
			return appendQuoted(dst, v.text)
		}
	}
	return append(dst, v.text...)
}

// AppendLine appends `key: form` without a line end.
func AppendLine(dst []byte, key Key, v Value) []byte {
	dst = appendKeyForm(dst, key)
	dst = append(dst, ':', ' ')
	return v.AppendForm(dst)
}

func appendKeyForm(dst []byte, key Key) []byte {
	if keyNeedsQuotes(string(key)) {
		return appendQuoted(dst, string(key))
	}
	return append(dst, key...)
}

// SplitLine splits a line of facts into the key and the form of its value. The
// form is a slice of line; the key is too unless it was quoted.
func SplitLine(line []byte) (key, form []byte, err error) {
	if len(line) > 0 && line[0] == '"' {
		end := quotedEnd(line)
		if end < 0 || !bytes.HasPrefix(line[end:], []byte(": ")) {
			return nil, nil, fmt.Errorf("quoted key is not followed by \": \"")
		}
		s, err := unquote(line[:end])
		if err != nil {
			return nil, nil, err
		}
		return []byte(s), line[end+2:], nil
	}
	i := bytes.Index(line, []byte(": "))
	if i <= 0 {
		return nil, nil, fmt.Errorf("line is not of the form \"key: value\"")
	}
	return line[:i], line[i+2:], nil
}

// ParseForm reads the form of a value. The type comes from the form alone:
// arrays become lists and times stay text, unless want says otherwise.
// TypeAbsent means that nothing is known about the type.
func ParseForm(form []byte, want Type) (Value, error) {
	v, err := parseForm(form)
	if err != nil {
		return Value{}, err
	}
	return v.as(want), nil
}

// as gives a value read from its form the type that the catalogue knows, where
// the two have the same form. A value that does not fit keeps its own type.
func (v Value) as(want Type) Value {
	switch {
	case want == TypeSet && v.typ == TypeList:
		return Value{typ: TypeSet, items: sortedSet(v.items)}
	case want == TypeTime && v.typ == TypeText:
		v.typ = TypeTime
	}
	return v
}

func parseForm(form []byte) (Value, error) {
	if len(form) == 0 {
		return Value{}, fmt.Errorf("value is empty")
	}
	switch form[0] {
	case '?':
		return Unknown(string(form[1:])), nil
	case '"':
		s, err := unquote(form)
		return Text(s), err
	case '[':
		var items []string
		if err := json.Unmarshal(form, &items); err != nil {
			return Value{}, fmt.Errorf("not a JSON array of strings: %w", err)
		}
		return List(items...), nil
	}
	s := string(form)
	switch {
	case s == "true" || s == "false":
		return Value{typ: TypeBool, text: s}, nil
	case isJSONNumber(s):
		return Value{typ: TypeNumber, text: s}, nil
	case !utf8.ValidString(s):
		return Value{}, fmt.Errorf("not valid UTF-8")
	}
	return Value{typ: TypeText, text: s}, nil
}

// textNeedsQuotes reports whether plain text would be read back as something
// else, or would not survive a line, a terminal or a trimming editor.
func textNeedsQuotes(s string) bool {
	if s == "" || s[0] == '?' || s[0] == '"' || s[0] == '[' || s[0] == ' ' || s[len(s)-1] == ' ' {
		return true
	}
	return s == "true" || s == "false" || isJSONNumber(s) || !printable(s)
}

func keyNeedsQuotes(s string) bool {
	return s == "" || s[0] == '"' || s[0] == ' ' || s[0] == '#' || s[len(s)-1] == ' ' ||
		strings.Contains(s, ": ") || !printable(s)
}

// printable reports whether s holds nothing but characters that show: no
// controls, no line or paragraph separators, no direction overrides.
func printable(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7F {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsPrint(r) || r == utf8.RuneError && n == 1 {
			return false
		}
		i += n
	}
	return true
}

// appendQuoted appends s as a JSON string. Characters that do not print are
// escaped, everything else stands for itself, so there is one form for one
// text.
func appendQuoted(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == '"' || c == '\\':
				dst = append(dst, '\\', c)
			case c == '\n':
				dst = append(dst, '\\', 'n')
			case c == '\r':
				dst = append(dst, '\\', 'r')
			case c == '\t':
				dst = append(dst, '\\', 't')
			case c < ' ' || c == 0x7F:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			default:
				dst = append(dst, c)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsPrint(r):
			dst = append(dst, s[i:i+n]...)
		case r > 0xFFFF:
			r -= 0x10000
			dst = appendUnit(dst, 0xD800+r>>10)
			dst = appendUnit(dst, 0xDC00+r&0x3FF)
		default:
			dst = appendUnit(dst, r)
		}
		i += n
	}
	return append(dst, '"')
}

func appendUnit(dst []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// plainJSON returns JSON text, whose strings are escaped as json.Marshal does it,
// with every other character that does not print escaped too.
func plainJSON(text []byte) []byte {
	return escapeUnprinted(text, func(dst []byte, r rune) []byte {
		r -= 0x10000
		return appendUnit(appendUnit(dst, 0xD800+r>>10), 0xDC00+r&0x3FF)
	})
}

// plainYAML does it for YAML whose texts are double-quoted; its long escapes are
// no surrogates.
func plainYAML(text []byte) []byte {
	return escapeUnprinted(text, func(dst []byte, r rune) []byte { return fmt.Appendf(dst, `\U%08x`, r) })
}

func escapeUnprinted(text []byte, long func(dst []byte, r rune) []byte) []byte {
	out := make([]byte, 0, len(text)+16)
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf && r != 0x7F || unicode.IsPrint(r):
			out = utf8.AppendRune(out, r)
		case r > 0xFFFF:
			out = long(out, r)
		default:
			out = appendUnit(out, r)
		}
	}
	return out
}

func unquote(form []byte) (string, error) {
	var s string
	if err := json.Unmarshal(form, &s); err != nil {
		return "", fmt.Errorf("not a JSON string: %w", err)
	}
	return s, nil
}

// quotedEnd returns the index behind the closing quote of a JSON string that
// starts line, or -1.
func quotedEnd(line []byte) int {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// isJSONNumber follows the grammar of RFC 8259, so 007 and +1 are text.
func isJSONNumber(s string) bool {
	digits := func() bool {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		s = s[n:]
		return n > 0
	}
	s = strings.TrimPrefix(s, "-")
	if strings.HasPrefix(s, "0") {
		s = s[1:]
	} else if !digits() {
		return false
	}
	if strings.HasPrefix(s, ".") {
		s = s[1:]
		if !digits() {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return s == ""
}

// oneLine replaces what would break a line by blanks.
func oneLine(s string) string {
	if printable(s) {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s))
}

// MarshalJSON writes text and times as a string, numbers and booleans bare,
// sets and lists as an array, unknown as {"unknown": reason}, absent as null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.typ {
	case TypeAbsent:
		return []byte("null"), nil
	case TypeUnknown:
		return append(appendQuoted([]byte(`{"unknown":`), v.text), '}'), nil
	case TypeText, TypeTime:
		return appendQuoted(nil, v.text), nil
	}
	return v.AppendForm(nil), nil
}

// UnmarshalJSON reads what [Value.MarshalJSON] writes. Times come back as text
// and sets as lists, because JSON has neither; [Catalogue.Retype] restores them.
func (v *Value) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "null":
		*v = Value{}
		return nil
	case b[0] == '{':
		var u struct {
			Unknown *string `json:"unknown"`
		}
		if err := json.Unmarshal(b, &u); err != nil {
			return err
		}
		if u.Unknown == nil {
			return fmt.Errorf("a value that is an object must be {\"unknown\": reason}")
		}
		*v = Unknown(*u.Unknown)
		return nil
	}
	w, err := parseForm(b)
	*v = w
	return err
}

// AppendPlain appends s with every character that does not print escaped as in
// JSON, for messages on a terminal.
func AppendPlain(dst []byte, s string) []byte {
	if printable(s) {
		return append(dst, s...)
	}
	q := appendQuoted(nil, validText(s))
	return append(dst, bytes.ReplaceAll(q[1:len(q)-1], []byte(`\"`), []byte(`"`))...)
}
