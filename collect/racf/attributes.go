package racf

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// attributes is the line ATTRIBUTES, which can be longer than a screen is wide.
type attributes struct {
	at   collect.Origin
	text string
	// cut: nothing proves that the line ends here.
	cut        bool
	terminated bool
}

func newAttributes(r row) *attributes {
	_, rest, _ := strings.Cut(canonical(r.raw), "=")
	return &attributes{at: r.at, text: rest, terminated: r.terminated}
}

// continuedBy takes a line that goes on with the attributes: the rest of an open
// bracket, or another attribute first.
func (a *attributes) continuedBy(r row) bool {
	text := canonical(r.raw)
	if strings.Count(a.text, "(") == strings.Count(a.text, ")") {
		first, _, _ := strings.Cut(text, " ")
		if _, _, ok := attribute(first); !ok && !strings.HasPrefix(strings.TrimPrefix(first, "NO"), "WHEN(") {
			return false
		}
	}
	a.text += " " + text
	a.terminated = r.terminated
	return true
}

// tokens splits the attributes at the blanks outside brackets.
func (a *attributes) tokens() []string {
	var out []string
	open := false
	for _, w := range strings.Fields(a.text) {
		if open {
			out[len(out)-1] += " " + w
		} else {
			out = append(out, w)
		}
		last := out[len(out)-1]
		open = strings.Count(last, "(") > strings.Count(last, ")")
	}
	return out
}

// attribute reads one token.
func attribute(token string) (name string, v collect.Value, ok bool) {
	if what, found := strings.CutPrefix(token, "TERMINAL("); found {
		what, found = strings.CutSuffix(what, ")")
		return "TERMINAL", collect.Text(what), found && what != ""
	}
	word, off := strings.CutPrefix(token, "NO")
	switch word {
	case "INITSTATS":
		return "INITSTAT", collect.Bool(!off), true
	case "SAUDIT":
		return "SAUDIT", collect.Bool(!off), true
	case "CMDVIOL":
		return "CMDVIOL", collect.Bool(!off), true
	case "OPERAUDIT":
		return "OPERAUDT", collect.Bool(!off), true
	}
	if inside, found := strings.CutPrefix(word, "WHEN(PROGRAM"); found && strings.HasSuffix(inside, ")") {
		return "WHENPROG", collect.Bool(!off), true
	}
	return "", collect.Value{}, false
}

// whenMode returns the word behind WHEN(PROGRAM --.
func whenMode(token string) collect.Value {
	if strings.HasPrefix(token, "NO") {
		return collect.Text(none)
	}
	_, mode, _ := strings.Cut(strings.TrimSuffix(token, ")"), "--")
	if mode = strings.TrimSpace(mode); mode == "" {
		return collect.Unknown("not shown: the listing gives no mode")
	}
	return collect.Text(mode)
}

// closeAttributes records the attributes. Those that are printed to auditors
// only stay open: the rest of the listing tells whether this is one.
func (p *listing) closeAttributes() {
	a := p.attrs
	if a == nil {
		return
	}
	p.attrs = nil
	doubt := ""
	if a.cut && !a.terminated {
		doubt = cutLine
	}
	for _, token := range a.tokens() {
		name, v, ok := attribute(token)
		if !ok {
			p.warn(a.at, "unrecognised attribute %s", describe(token))
			continue
		}
		p.record(name, answer{at: a.at, value: v, doubt: doubt})
		if name == "WHENPROG" {
			p.record("WHENPROG_MODE", answer{at: a.at, value: whenMode(token), doubt: doubt})
		}
	}
	if a.cut {
		return
	}
	if _, ok := p.a.got["TERMINAL"]; !ok {
		p.record("TERMINAL", answer{at: a.at, value: collect.Unknown("not shown: SETROPTS LIST prints it only while class TERMINAL is active"), absence: true})
	}
	for _, name := range []string{"INITSTAT", "WHENPROG", "WHENPROG_MODE"} {
		if _, ok := p.a.got[name]; !ok {
			p.record(name, answer{at: a.at, value: collect.Unknown(fmt.Sprintf("not among the attributes at line %d", a.at.Pos))})
		}
	}
}
