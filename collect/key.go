package collect

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Key names one fact: segments of verbatim text joined by "/". Inside a
// segment "~" is written "~0" and "/" is written "~1", as in RFC 6901. Keys
// sort bytewise.
type Key string

var (
	keyEscaper   = strings.NewReplacer("~", "~0", "/", "~1")
	keyUnescaper = strings.NewReplacer("~1", "/", "~0", "~")
)

// NewKey joins unescaped segments into a key.
func NewKey(segments ...string) Key {
	var b strings.Builder
	for i, s := range segments {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(EscapeSegment(s))
	}
	return Key(b.String())
}

// EscapeSegment writes one piece of text so that it can stand between two
// slashes of a key. Bytes that are not UTF-8 become visible as \xNN, because a
// key must survive every export format.
func EscapeSegment(s string) string {
	s = validText(s)
	if !strings.ContainsAny(s, "~/") {
		return s
	}
	return keyEscaper.Replace(s)
}

// UnescapeSegment is the inverse of [EscapeSegment].
func UnescapeSegment(s string) string {
	if strings.IndexByte(s, '~') < 0 {
		return s
	}
	return keyUnescaper.Replace(s)
}

// Segments returns the unescaped segments of k.
func (k Key) Segments() []string {
	parts := strings.Split(string(k), "/")
	for i, p := range parts {
		parts[i] = UnescapeSegment(p)
	}
	return parts
}

// Join appends unescaped segments to k.
func (k Key) Join(segments ...string) Key {
	var b strings.Builder
	b.WriteString(string(k))
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(EscapeSegment(s))
	}
	return Key(b.String())
}

// Under reports whether k is prefix itself or lies below it. Prefixes end at a
// segment: racf/setropts is not a prefix of racf/setroptsx.
func (k Key) Under(prefix Key) bool {
	if prefix == "" {
		return true
	}
	return len(k) >= len(prefix) && k[:len(prefix)] == prefix && (len(k) == len(prefix) || k[len(prefix)] == '/')
}

// Head returns the key made of the first n segments of k, or all of k.
func (k Key) Head(n int) Key {
	for i := 0; i < len(k); i++ {
		if k[i] == '/' {
			if n--; n == 0 {
				return k[:i]
			}
		}
	}
	return k
}

// namespaces are the first segments a key may have (design: keys and values).
var namespaces = map[string]bool{
	"zvm": true, "racf": true, "ibmi": true, "zert": true, "attls": true, "compextr": true, "tool": true,
}

// Validate reports why k cannot be a key: unknown first segment, a broken
// escape, or text that is not UTF-8.
func (k Key) Validate() error {
	first, _, found := strings.Cut(string(k), "/")
	switch {
	case !namespaces[first]:
		return fmt.Errorf("key %q: first segment is not one of zvm, racf, ibmi, zert, attls, compextr, tool", k)
	case !found:
		return fmt.Errorf("key %q: has one segment only", k)
	case !utf8.ValidString(string(k)):
		return fmt.Errorf("key %q: not valid UTF-8", k)
	}
	for i := 0; i < len(k); i++ {
		if k[i] == '~' && (i+1 == len(k) || k[i+1] != '0' && k[i+1] != '1') {
			return fmt.Errorf("key %q: \"~\" at byte %d is not followed by 0 or 1", k, i)
		}
	}
	return nil
}

// validText makes bytes that are not UTF-8 visible as \xNN, so that text of an
// unknown code page is neither lost nor able to break an output format.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02X`, s[i])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}
