package zvm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// configPart is what SYSTEM CONFIG says about one system.
type configPart struct {
	*configuration
	name string // "" when the file does not name one system
	rec  *collect.Recorder
	*sheet
	release    string
	ends       []ending
	missing    []string // imbedded files that were not given
	entered    []*configFile
	unbalanced string
	problems   int64

	reading *collect.File // of the statement being read
	st      *configStatement
	i       int // next operand
	bad     bool
}

// maxImbeds bounds how deep files may imbed each other.
const maxImbeds = 8

func (p *configPart) has(f *configFile) bool { return slices.Contains(p.entered, f) }

// file reads the statements of one file for this system.
func (p *configPart) file(f *configFile, outer []string) {
	p.entered = append(p.entered, f)
	var blocks [][]string // labels of the open BEGIN blocks
	for _, st := range f.statements {
		p.reading = f.file
		switch st.name {
		case "BEGIN":
			blocks = append(blocks, st.labels)
			p.rec.Used(st.lines)
			continue
		case "END":
			p.rec.Used(st.lines)
			if len(blocks) == 0 {
				p.problem(st, "END without BEGIN")
				continue
			}
			if open := blocks[len(blocks)-1]; !slices.Equal(open, st.labels) {
				p.problem(st, "END does not name the system of its BEGIN")
			}
			blocks = blocks[:len(blocks)-1]
			continue
		}
		labels := [][]string{st.labels}
		labels = append(labels, blocks...)
		if p.name != "" && slices.ContainsFunc(labels, func(l []string) bool { return !p.applies(l) }) {
			p.rec.Ignored("another system", st.lines)
			continue
		}
		if st.name == "IMBED" && len(st.words) >= 2 && !st.cut {
			p.imbed(st, outer)
			continue
		}
		p.statement(st)
	}
	if len(blocks) > 0 {
		p.unbalanced = "a BEGIN block has no END: the file may be cut off"
	}
}

// applies reports whether records with these labels are for this system.
func (p *configPart) applies(labels []string) bool {
	return len(labels) == 0 || slices.ContainsFunc(labels, func(l string) bool { return slices.Contains(p.expand(l), p.name) })
}

// imbed goes on in another file, when it was given.
func (p *configPart) imbed(st *configStatement, outer []string) {
	p.rec.Used(st.lines)
	name := st.words[0].text + " " + st.words[1].text
	p.add("zvm/config/embedded_files", st.operands(), st.at)
	if p.name != "" {
		name = strings.ReplaceAll(name, "-SYSTEM-", p.name)
	}
	f := p.byName[name]
	switch {
	case f == nil:
		p.missing = append(p.missing, name)
		p.warn(st, "the imbedded file %s is not in the extract", name)
	case p.has(f) || slices.Contains(outer, name) || len(outer) >= maxImbeds:
		p.problem(st, "IMBED of a file that was read already")
	default:
		p.file(f, append(slices.Clone(outer), name))
	}
}

// passOver accounts for the statements of a file that this system does not
// imbed.
func (p *configPart) passOver(f *configFile) {
	for _, st := range f.statements {
		p.rec.Ignored("another system", st.lines)
	}
}

// statement reads one statement.
func (p *configPart) statement(st *configStatement) {
	def := configStatements[st.name]
	switch {
	case st.name == "" || st.cut && st.touched && len(st.words) == 0 && def == nil:
		p.rec.Ignored("cut off", st.lines)
		return
	case def == nil:
		p.rec.Ignored("statement not known", st.lines)
		p.problem(st, "")
		return
	case st.cut && !def.pairs:
		// Half of it could say something else than the whole.
		p.rec.Ignored("cut off", st.lines)
		p.warn(st, "the file ends in the %s statement, which is not used", st.name)
		return
	}
	p.rec.Used(st.lines)
	if st.after == "FEATURES" && st.name == "SET" {
		p.warn(st, "FEATURES ended on the record before, which has no comma at its end; SET is read as a statement of its own")
	}
	p.st, p.i, p.bad = st, 0, false
	def.read(p)
	if p.bad {
		p.problems++
	}
}

// The operands of the statement being read.

// word returns the next operand and passes it; "" at the end.
func (p *configPart) word() string {
	if p.i >= len(p.st.words) {
		return ""
	}
	p.i++
	return p.st.words[p.i-1].text
}

func (p *configPart) peek() string {
	if p.i >= len(p.st.words) {
		return ""
	}
	return p.st.words[p.i].text
}

func (p *configPart) more() bool { return p.i < len(p.st.words) }

// at is where the operand before the next one stands.
func (p *configPart) at() collect.Origin {
	if p.i == 0 {
		return p.st.at
	}
	return p.st.words[p.i-1].at
}

// is passes the next operand when it is one of words.
func (p *configPart) is(words ...string) bool {
	if p.more() && slices.Contains(words, p.peek()) {
		p.i++
		return true
	}
	return false
}

// passed is the operand before the next one.
func (p *configPart) passed() string { return p.st.words[p.i-1].text }

// rest joins the operands from the next one on, with what may be a password masked.
func (p *configPart) rest() string {
	st := configStatement{words: p.st.words[p.i:]}
	p.i = len(p.st.words)
	return maskWords(st.operands())
}

// putName states the next operand, a name, as the value of key.
func (p *configPart) putName(key collect.Key) {
	if w := p.word(); w != "" {
		p.set(key, collect.Text(w), p.at())
	} else {
		p.lacks()
	}
}

// putChoice states the next operand when it is one of the given words.
func (p *configPart) putChoice(key collect.Key, choices ...string) {
	w := p.peek()
	if w == "" {
		p.lacks()
		return
	}
	if !slices.Contains(choices, w) {
		p.unknownOperand(w)
		p.i++
		return
	}
	p.i++
	p.set(key, collect.Text(strings.ToLower(w)), p.at())
}

// putNumber states the next operand as a number.
func (p *configPart) putNumber(key collect.Key) {
	if n, ok := number(p.peek()); ok {
		p.i++
		p.set(key, collect.Number(n), p.at())
		return
	}
	p.unexpected()
}

// putNumberOr states the next operand as text: a number, or one of the words.
func (p *configPart) putNumberOr(key collect.Key, words ...string) {
	w := p.peek()
	if n, ok := number(w); ok {
		p.i++
		p.set(key, collect.Text(fmt.Sprint(n)), p.at())
		return
	}
	if w != "" && slices.Contains(words, w) {
		p.i++
		p.set(key, collect.Text(strings.ToLower(w)), p.at())
		return
	}
	p.unexpected()
}

// unexpected notes that the next operand is not one that can stand here.
func (p *configPart) unexpected() {
	if !p.more() {
		p.lacks()
		return
	}
	p.unknownOperand(p.word())
}

// lacks notes that an operand is missing, unless the end of the file cut it off.
func (p *configPart) lacks() {
	if !p.st.cut {
		p.bad = true
		p.warn(p.st, "an operand of %s is missing at its end", p.st.name)
	}
}

// unknownOperand lists an operand that is not known.
func (p *configPart) unknownOperand(word string) {
	named := p.namedOperand(word)
	p.bad = true
	p.add("zvm/config/unknown_statements", p.st.name+" "+named, p.at())
	p.warn(p.st, "operand %s of %s is not known", named, p.st.name)
}

// problem counts something CP would refuse. Without text the statement itself
// is not known.
func (p *configPart) problem(st *configStatement, text string) {
	p.problems++
	if text == "" {
		p.add("zvm/config/unknown_statements", namedWord(st.name), st.at)
		text = "the statement " + namedWord(st.name) + " is not known"
	}
	p.warn(st, "%s", text)
}

func (p *configPart) warn(st *configStatement, format string, args ...any) {
	p.rec.Warn(p.reading, st.at.Pos, st.at.Offset, format, args...)
}

// number reads an unsigned decimal number.
func number(s string) (int64, bool) { return decimal([]byte(s)) }
