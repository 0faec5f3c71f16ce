package zvm

import (
	"fmt"
	"regexp"
	"strings"
)

// SYSTEM CONFIG has no operand that holds a password. What is not known may be one
// all the same: a command with its password that somebody put there, or the half of
// a line that was broken. So a word that is not known is named only where it looks
// like a keyword, and text for people is not kept at all.

// keyword is how statements and operands of SYSTEM CONFIG are called.
var keyword = regexp.MustCompile(`^[A-Z][A-Z_]{1,31}$`)

// namedWord returns a word that is not known as it may be repeated.
func namedWord(word string) string {
	if !keyword.MatchString(word) {
		return masked
	}
	return word
}

// namedOperand is namedWord for an operand of the statement being read. Behind
// another word that is not known, or one that announces a password, it may be the
// value that belongs to it.
func (p *configPart) namedOperand(word string) string {
	at := p.i // of the operand, passed or not
	if at > 0 && p.passed() == word {
		at--
	}
	if p.bad || at > 0 && secretWord.MatchString(p.st.words[at-1].text) {
		return masked
	}
	return namedWord(word)
}

// keptOperands returns the operands of a statement that is kept as it stands. Of
// SAY and PRINTER_TITLE, which print text, only its length is.
func (p *configPart) keptOperands() string {
	text := p.rest()
	if p.st.name == "SAY" || p.st.name == "PRINTER_TITLE" {
		return fmt.Sprintf("%s: %d words", masked, len(strings.Fields(text)))
	}
	return text
}
