package racf

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// listing reads the lines of one SETROPTS LIST in order.
//
// A line either begins with a label, or says more about the line before it: the
// rest of a class list, of the attributes, of an option that is on. Labels are
// tried first, because a class can have nearly any name. Indentation is used
// where it is there and not needed where it is lost.
type listing struct {
	out *collect.Recorder
	a   *answers
	vm  bool // RACF for z/VM, whose lines nobody has published: some may be missing

	cur     row
	leading string   // number in front of the current line
	effects []func() // what the current line says, done when all of it was understood

	place    int          // highest place of a label so far
	seen     map[int]bool // places that were reached
	auditor  bool         // something was seen that only auditors see
	indented bool         // a continuation line had its indentation

	// noBlanks: nothing puts blank lines between the lines of this listing, so
	// one that is there stands for a line that was lost.
	noBlanks bool

	list     *classList
	swallow  bool // behind the heading of a class list that we do not know
	attrs    *attributes
	awaiting *waiting
	erase    *erasure
	inRules  bool
	inLegend bool
	pending  *pending

	err error
}

// waiting is an option that is on; the next line says how.
type waiting struct {
	name string
	at   collect.Origin
}

// pending is a line that was not understood on its own and may go on in the
// next one.
type pending struct {
	row   row
	text  string
	label *label
}

// tail says what a line without line end proves about a value.
type tail int

const (
	open   tail = iota // the value ends the line: a cut line has less of it
	closed             // fixed words follow the value
	fixed              // the value has a fixed length: it is all there
)

func newListing(out *collect.Recorder, f *collect.File, vm bool) *listing {
	return &listing{out: out, a: newAnswers(f, true), vm: vm, seen: map[int]bool{}}
}

// put records what the current line says about an option, once all of the line
// was understood. It returns true for the convenience of the labels.
func (p *listing) put(name string, v collect.Value, t tail) bool {
	n := answer{value: v, at: p.cur.at}
	if !p.cur.terminated && t != fixed {
		n.doubt = cutLine
		if t == open {
			n.value = collect.Unknown(cutLine)
		}
	}
	p.then(func() { p.record(name, n) })
	return true
}

func (p *listing) then(effect func()) { p.effects = append(p.effects, effect) }

// record keeps an answer; the first contradiction ends the reading.
func (p *listing) record(name string, n answer) {
	if fieldByName[name].audit && !n.value.IsUnknown() {
		p.auditor = true
	}
	if _, err := p.a.set(name, n); err != nil && p.err == nil {
		p.err = err
	}
}

func (p *listing) warn(at collect.Origin, format string, args ...any) {
	p.out.Warn(p.a.file, at.Pos, at.Offset, format, args...)
}

// days records a number with or without its unit. Without it a cut number would
// look whole.
func (p *listing) days(name, rest string) bool {
	digits, unit := strings.CutSuffix(rest, " DAYS")
	n, ok := count(digits)
	if !ok {
		return false
	}
	if unit || name == "HISTORY" || name == "REVOKE" {
		return p.put(name, collect.Number(n), closed)
	}
	return p.put(name, collect.Number(n), open)
}

// line takes the next line.
func (p *listing) line(r row) {
	p.cur = r
	text := canonical(r.raw)
	switch {
	case text == "":
		p.out.Ignored("blank line", 1)
		if p.list != nil && p.noBlanks {
			p.list.damage(fmt.Sprintf("line %d is blank, where more classes may have been", r.at.Pos))
		}
		return
	case isNoise(r.raw):
		p.out.Ignored("screen or prompt line", 1)
		return
	}
	l, understood := p.take(text)
	switch {
	case understood:
		p.out.Used(1)
	case p.attrs != nil && p.attrs.continuedBy(r):
		p.out.Used(1)
	case p.inLegend && isLegend(r.raw):
		p.out.Ignored("legend", 1)
	case p.join(text):
		p.out.Used(2)
	case l == nil && isListHeading(r.raw):
		p.unknownList()
	case p.continuesList(words(r.raw)):
	case p.eraseLevel(text):
		p.out.Used(1)
	default:
		p.hold(text, l)
	}
}

// take looks for the label of a line and lets it read the rest.
func (p *listing) take(text string) (l *label, understood bool) {
	l, rest, leading := findLabel(text)
	p.leading, p.effects = leading, p.effects[:0]
	if l == nil || l.read != nil && !l.read(p, rest) {
		return l, false
	}
	p.begin(l)
	for _, effect := range p.effects {
		effect()
	}
	switch {
	case l.list != "":
		p.list = newClassList(l, p.cur)
		p.auditor = p.auditor || fieldByName[l.list].audit
	case l.read == nil:
		p.attrs = newAttributes(p.cur)
	}
	return l, true
}

// begin ends what the lines before a label were about.
func (p *listing) begin(l *label) {
	p.flush()
	p.swallow, p.inLegend = false, false
	p.closeAttributes()
	p.closeList(l.line)
	if l.line == 0 {
		return
	}
	if p.awaiting != nil && l.line != lineOf(p.awaiting.name) {
		p.settleWaiting()
	}
	if p.erase != nil && l.line != lineOf("ERASE") {
		p.settleErase()
	}
	if p.inRules && l.line != lineOf("RULES") {
		p.settleRules()
	}
	p.seen[l.line] = true
	p.place = max(p.place, l.line)
}

// join tries the line as the second half of the one before.
func (p *listing) join(text string) bool {
	held := p.pending
	if held == nil {
		return false
	}
	last := p.cur
	p.cur = row{raw: held.row.raw + " " + last.raw, at: held.row.at, terminated: last.terminated}
	p.pending = nil
	if _, understood := p.take(held.text + " " + text); understood {
		return true
	}
	p.cur, p.pending = last, held
	return false
}

// hold keeps a line that was not understood, and decides what it means for an
// open class list: a heading ends the list, anything else damages it. Whether a
// heading did end it shows when the next known label comes.
func (p *listing) hold(text string, l *label) {
	p.flush()
	p.pending = &pending{row: p.cur, text: text, label: l}
	if p.list == nil {
		return
	}
	atLabels := p.indented && indent(p.cur.raw) <= p.list.indent
	if l != nil || atLabels || startsLabel(text) || isSentence(words(text)) {
		p.list.interrupted = true
		return
	}
	p.list.damage(fmt.Sprintf("line %d inside the class list was not understood", p.cur.at.Pos))
}

// flush gives up on a held line.
func (p *listing) flush() {
	held := p.pending
	if held == nil {
		return
	}
	p.pending = nil
	p.out.Ignored("unrecognised line", 1)
	if held.label == nil {
		p.warn(held.row.at, "unrecognised line %s", describe(held.row.raw))
		return
	}
	p.warn(held.row.at, "line %s has a form that is not known", describe(held.row.raw))
	p.seen[held.label.line] = true
	for _, name := range held.label.fields {
		if _, ok := p.a.got[name]; !ok {
			p.record(name, answer{at: held.row.at, value: collect.Unknown(fmt.Sprintf("line %d has a form that is not known", held.row.at.Pos))})
		}
	}
}

// finish ends the reading. Proven says that the listing is known to end here;
// else it was cut, and what its last line began is not known.
func (p *listing) finish(proven bool, why string) {
	if held := p.pending; held != nil && !proven && held.label != nil {
		for _, name := range held.label.fields {
			if _, ok := p.a.got[name]; !ok {
				p.record(name, answer{at: held.row.at, value: collect.Unknown(why), doubt: why})
			}
		}
	}
	p.flush()
	if p.attrs != nil && !proven {
		p.attrs.cut = true
	}
	p.closeAttributes()
	if p.list != nil && !proven {
		p.list.damage(why)
	}
	p.closeList(0)
	if !proven {
		return
	}
	if p.awaiting != nil {
		p.settleWaiting()
	}
	if p.erase != nil {
		p.settleErase()
	}
	if p.inRules {
		p.settleRules()
	}
}

// expected reports whether the line at a place is in every listing of this view.
func (p *listing) expected(place int) bool {
	return !p.vm && !levelLines[place] && (!auditLines[place] || p.auditor)
}

// missing names the options whose lines should have been printed and were not.
func (p *listing) missing() []string {
	var out []string
	for place := 1; place <= lastLine; place++ {
		if p.expected(place) && !p.seen[place] {
			out = append(out, lineName(place))
		}
	}
	return out
}
