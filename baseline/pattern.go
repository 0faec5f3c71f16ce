package baseline

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Pattern selects keys segment by segment: a segment ** stands for any number
// of segments, and * within a segment for any characters except the slash. \*
// stands for an asterisk and \\ for a backslash, because names of generic
// profiles hold asterisks: racf/dataset/SYS1.\*\*/uacc is one key,
// racf/dataset/SYS1.**/uacc every profile that begins with SYS1. and
// racf/** everything of RACF.
type Pattern struct {
	text     string
	segments []string
}

// ParsePattern reads a pattern.
func ParsePattern(text string) (Pattern, error) {
	if text == "" {
		return Pattern{}, fmt.Errorf("pattern is empty; ** selects every key")
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if i++; i == len(text) || text[i] != '*' && text[i] != '\\' {
			return Pattern{}, fmt.Errorf(`pattern %q: "\" at byte %d is not followed by "*" or "\"`, text, i-1)
		}
	}
	return Pattern{text: text, segments: strings.Split(text, "/")}, nil
}

// QuotePattern returns the pattern that selects key and nothing else.
func QuotePattern(key collect.Key) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`).Replace(string(key))
}

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.text }

// Match reports whether p selects key.
func (p Pattern) Match(key collect.Key) bool { return matchSegments(p.segments, string(key), true) }

// matchSegments matches the segments of rest, of which there are none when more
// is false. After the first ** of a pattern only the last one can need another
// try, but patterns are short, so plain recursion is enough.
func matchSegments(pattern []string, rest string, more bool) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for len(pattern) > 1 && pattern[1] == "**" {
				pattern = pattern[1:]
			}
			if len(pattern) == 1 {
				return true
			}
			for {
				if matchSegments(pattern[1:], rest, more) {
					return true
				}
				if !more {
					return false
				}
				_, rest, more = strings.Cut(rest, "/")
			}
		}
		if !more {
			return false
		}
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		if !matchSegment(pattern[0], segment) {
			return false
		}
		pattern = pattern[1:]
	}
	return !more
}

// matchSegment matches one segment, going back to the last asterisk only.
func matchSegment(p, s string) bool {
	star, retry := -1, 0
	i, j := 0, 0
	for j < len(s) {
		switch {
		case i < len(p) && p[i] == '*':
			star, retry = i, j
			i++
		case i+1 < len(p) && p[i] == '\\' && p[i+1] == s[j]:
			i, j = i+2, j+1
		case i < len(p) && p[i] != '\\' && p[i] == s[j]:
			i, j = i+1, j+1
		case star >= 0:
			retry++
			i, j = star+1, retry
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
