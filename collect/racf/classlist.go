package racf

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// classList is a class list that is being read: the label with the first
// classes, then any number of lines of classes. How many fit on a line differs
// between captures, so only the set of names counts.
type classList struct {
	field   string
	line    int
	at      collect.Origin
	indent  int // of the label
	members []collect.Member
	none    bool
	// interrupted: a line that belongs to something else came behind the list;
	// if classes follow, it came inside.
	interrupted bool
	damaged     string
}

func newClassList(l *label, r row) *classList {
	c := &classList{field: l.list, line: l.line, at: r.at, indent: indent(r.raw)}
	// The label itself may hold an equals sign: GLOBAL=YES RACLIST ONLY.
	rest := r.raw[strings.LastIndexByte(r.raw, '=')+1:]
	c.add(words(rest), r)
	return c
}

func (c *classList) add(names []string, r row) {
	for _, name := range names {
		switch {
		case name == "NONE":
			c.none = true
		case isClass(name):
			c.members = append(c.members, collect.Member{Text: name, At: r.at})
		default:
			c.damage(fmt.Sprintf("line %d holds a word that is no class name", r.at.Pos))
		}
	}
	if !r.terminated {
		c.damage(cutLine)
	}
}

func (c *classList) damage(why string) {
	if c.damaged == "" {
		c.damaged = why
	}
}

// continuesList takes a line of nothing but class names.
func (p *listing) continuesList(names []string) bool {
	if !looksLikeClasses(names) {
		return false
	}
	c := p.list
	switch {
	case p.swallow:
		p.out.Ignored("unrecognised line", 1)
		return true
	case c == nil:
		return false
	case c.interrupted:
		c.damage(fmt.Sprintf("class names follow at line %d, behind a line that was not understood", p.cur.at.Pos))
		p.out.Ignored("unrecognised line", 1)
		return true
	case p.indented && indent(p.cur.raw) <= c.indent:
		// Where labels stand: a heading of short words, or classes out of place.
		c.damage(fmt.Sprintf("line %d may belong to the class list or not", p.cur.at.Pos))
		p.out.Ignored("unrecognised line", 1)
		p.warn(p.cur.at, "line of class names where labels stand")
		return true
	}
	if indent(p.cur.raw) > c.indent {
		p.indented = true
	}
	c.add(names, p.cur)
	p.out.Used(1)
	return true
}

// isListHeading reports whether a line looks like the heading of a class list
// that a newer release has added.
func isListHeading(raw string) bool {
	i := strings.LastIndexByte(raw, '=')
	if i <= 0 || isSentence(words(raw[:i])) || len(words(raw[:i])) == 0 {
		return false
	}
	return looksLikeClasses(words(raw[i+1:]))
}

func (p *listing) unknownList() {
	p.flush()
	p.closeAttributes()
	p.closeList(0)
	p.swallow = true
	p.out.Ignored("unrecognised line", 1)
	p.warn(p.cur.at, "unrecognised line %s", describe(p.cur.raw))
}

// closeList records the class list that is being read. Next is the place of the
// label that ended it, 0 when it was not a known one.
func (p *listing) closeList(next int) {
	c := p.list
	if c == nil {
		return
	}
	p.list = nil
	for place := c.line + 1; place < next; place++ {
		if p.expected(place) {
			c.damage(fmt.Sprintf("the line of %s, which should follow, is missing", lineName(place)))
		}
	}
	switch {
	case c.none && len(c.members) > 0:
		c.damage("it says NONE and names classes")
	case !c.none && len(c.members) == 0:
		c.damage("it names no class and does not say NONE")
	}
	if c.damaged != "" {
		p.record(c.field, answer{at: c.at, value: collect.Unknown(c.damaged), doubt: c.damaged})
		return
	}
	seen := make(map[string]bool, len(c.members))
	texts := make([]string, 0, len(c.members))
	for _, m := range c.members {
		if seen[m.Text] {
			p.warn(m.At, "class %s is named twice in %s: a line between two class lists may be lost", m.Text, c.field)
		}
		seen[m.Text] = true
		texts = append(texts, m.Text)
	}
	p.record(c.field, answer{at: c.at, value: collect.Set(texts...), members: c.members, absence: len(texts) > 0})
}
