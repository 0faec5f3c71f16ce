package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// A pattern names the entities that a check judges: zvm/user/<id> is every
// user, racf/setropts is one block of options, and ibmi/sk/*/<port> joins what
// is known about a port under every first segment: its values are then called
// accept/service, secure/suites and so on. Several "*" may follow each other, and
// *=sk|netstat joins what stands below these two only. <kind=secure|secure_client>
// stands for two literals.
type pattern struct {
	text     string
	segments []segment
	prefix   collect.Key // the literal segments it begins with
	join     int         // index of the first "*" segment, -1 when there is none
	joins    int         // how many there are
}

type segment struct {
	name string   // of a capture
	only []string // what a capture or a "*" may be, nil for anything
	text string   // of a literal, escaped as in keys
	kind segmentKind
}

type segmentKind uint8

const (
	literal segmentKind = iota
	capture
	joined
)

func parsePattern(text string) (pattern, error) {
	p := pattern{text: text, join: -1}
	leading := true
	for i, s := range strings.Split(text, "/") {
		switch {
		case s == "":
			return p, fmt.Errorf("entity %q: empty segment", text)
		case s == "*" || strings.HasPrefix(s, "*="):
			if p.join >= 0 && p.join+p.joins != i {
				return p, fmt.Errorf("entity %q: segments with * must stand side by side", text)
			}
			if p.join < 0 {
				p.join = i
			}
			p.joins++
			leading = false
			c := segment{kind: joined}
			if list, limited := strings.CutPrefix(s, "*="); limited {
				c.only = strings.Split(list, "|")
			}
			p.segments = append(p.segments, c)
		case s[0] == '<' && s[len(s)-1] == '>':
			leading = false
			name, list, limited := strings.Cut(s[1:len(s)-1], "=")
			c := segment{kind: capture, name: name}
			if limited {
				c.only = strings.Split(list, "|")
			}
			p.segments = append(p.segments, c)
		default:
			if leading && i == 0 {
				p.prefix = collect.Key(s)
			} else if leading {
				p.prefix += collect.Key("/" + s)
			}
			p.segments = append(p.segments, segment{text: s})
		}
	}
	if p.prefix == "" {
		return p, fmt.Errorf("entity %q: must begin with a literal segment", text)
	}
	return p, nil
}

// single reports whether the pattern names one entity that every system of its
// platform has.
func (p *pattern) single() bool { return len(p.prefix) == len(p.text) }

// head returns the length of the entity part of key, without the slash behind
// it; ok is false when key does not lie below an entity of the pattern.
func (p *pattern) head(key []byte) (n int, ok bool) {
	start := 0
	for i := range p.segments {
		end := start
		for end < len(key) && key[end] != '/' {
			end++
		}
		if end == len(key) {
			return 0, false // a key needs a segment behind its entity
		}
		if s := &p.segments[i]; s.kind == literal && s.text != string(key[start:end]) ||
			s.only != nil && !s.fits(string(key[start:end])) {
			return 0, false
		}
		start = end + 1
	}
	return start - 1, true
}

// above reports whether entities of the pattern can lie below prefix, which is
// shorter than they are.
func (p *pattern) above(prefix collect.Key) bool {
	parts := strings.Split(string(prefix), "/")
	if len(parts) >= len(p.segments) {
		return false
	}
	for i, text := range parts {
		if !p.segments[i].fits(text) {
			return false
		}
	}
	return true
}

func (s *segment) fits(text string) bool {
	if s.kind == literal {
		return s.text == text
	}
	return s.only == nil || slices.Contains(s.only, text)
}

// captures returns the unescaped captured segments of an entity by name.
func (p *pattern) captures(entity collect.Key) map[string]string {
	out := map[string]string{}
	for i, s := range strings.Split(string(entity), "/") {
		if i < len(p.segments) && p.segments[i].kind == capture {
			out[p.segments[i].name] = collect.UnescapeSegment(s)
		}
	}
	return out
}

func (p *pattern) hasCapture(name string) bool {
	for _, s := range p.segments {
		if s.kind == capture && s.name == name {
			return true
		}
	}
	return false
}

// unjoin splits the entity part of a key of a joined pattern: the identity of
// the entity, which keeps the "*", and the segments that stood in its place.
func (p *pattern) unjoin(entity string) (id collect.Key, stood string) {
	parts := strings.Split(entity, "/")
	stood = strings.Join(parts[p.join:p.join+p.joins], "/")
	for i := range p.joins {
		parts[p.join+i] = "*"
	}
	return collect.Key(strings.Join(parts, "/")), stood
}

// rejoin is the reverse of unjoin for a value name such as accept/service: the
// key of the value.
func (p *pattern) rejoin(id collect.Key, name string) collect.Key {
	parts := strings.Split(string(id), "/")
	names := strings.Split(name, "/")
	copy(parts[p.join:p.join+p.joins], names[:p.joins])
	return collect.Key(strings.Join(append(parts, names[p.joins:]...), "/"))
}

// keyPattern names one value of an entity: protection, tls/versions, or
// mdisk/<vdev>/password, which gives an array of the values of all. With "#"
// behind it (logonby#) it is the number of members of a set: a rule that only
// needs that is asked once for all sets of one size.
type keyPattern struct {
	name     string // what the value is called in the input
	full     string // entity pattern and name, or the absolute key
	segments []string
	absolute bool
	required bool
	many     bool // holds a <...> segment
	count    bool // the number of members, not the set
	list     bool // absolute, and seen only by the rule incomplete
	typ      collect.Type
	observed bool     // gathered from records that may stand anywhere
	noData   []string // values that tell nothing
	// only holds the members of a set that the rule can tell from others, by
	// their first word; nil: all. The rest is not passed on.
	only map[string]bool
}

func parseKeyPattern(pat *pattern, text string, required bool) (keyPattern, error) {
	k := keyPattern{name: text, full: pat.text + "/" + text, required: required}
	if rest, ok := strings.CutPrefix(text, "/"); ok {
		k.name, k.full, k.absolute = rest, rest, true
	} else if pat.join >= 0 {
		stood := strings.Split(text, "/")
		if len(stood) <= pat.joins {
			return k, fmt.Errorf("key %q: a joined entity needs the segments that stand for *", text)
		}
		for i, s := range stood[:pat.joins] {
			if !pat.segments[pat.join+i].fits(s) {
				return k, fmt.Errorf("key %q: %s is not among the segments that the entity joins", text, s)
			}
		}
		k.full = string(pat.rejoin(collect.Key(pat.text), text))
	}
	key, counted := strings.CutSuffix(k.name, "#")
	k.count, k.full = counted, strings.TrimSuffix(k.full, "#")
	k.segments = strings.Split(key, "/")
	for _, s := range k.segments {
		if s == "" {
			return k, fmt.Errorf("key %q: empty segment", text)
		}
		k.many = k.many || s[0] == '<'
	}
	if k.many && k.count {
		return k, fmt.Errorf("key %q: the members of one set can be counted, not those of many", text)
	}
	if k.many && k.absolute {
		return k, fmt.Errorf("key %q: an absolute key names one value", text)
	}
	k.typ = typeOf(k.full)
	k.observed = collect.Keys().Class(collect.Key(example(k.full))) == collect.Observed
	return k, nil
}

// typeOf returns the catalogue's type for the keys of a pattern, TypeAbsent
// when it knows none.
func typeOf(full string) collect.Type { return collect.Keys().Type(collect.Key(example(full))) }

// key is the name below the entity, as the facts have it.
func (k *keyPattern) key() string { return strings.TrimSuffix(k.name, "#") }

// example returns a key of a pattern.
func example(pattern string) string {
	segments := strings.Split(pattern, "/")
	for i, s := range segments {
		if s[0] != '<' {
			continue
		}
		segments[i] = "x"
		if _, list, limited := strings.Cut(strings.Trim(s, "<>"), "="); limited {
			segments[i], _, _ = strings.Cut(list, "|")
		}
	}
	return strings.Join(segments, "/")
}

// matches reports whether rest, the key behind its entity, is of the pattern.
func (k *keyPattern) matches(rest string) bool {
	for i, s := range k.segments {
		var part string
		var more bool
		part, rest, more = strings.Cut(rest, "/")
		if s[0] != '<' && s != part || more == (i == len(k.segments)-1) {
			return false
		}
	}
	return true
}
