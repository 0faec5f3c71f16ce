package ibmi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// This file turns the text of a system value into a typed value. The type is the
// catalogue's: a number where IBM documents whole numbers only, text where a
// word such as *NOMAX can stand in place of a number, a set where a value holds
// several words, a list where their order counts (cipher suites, library
// lists). Special words are kept as they are.

// notVisible is the reason of a value that the collecting user may not see.
const notVisible = "not visible: the collecting user lacks *ALLOBJ or *AUDIT special authority"

// needsIOSYSCFG are the values that from 7.6 on are shown to some users only.
var needsIOSYSCFG = map[string]bool{"QSSLPCL": true, "QSSLCSL": true, "QSSLCSLCTL": true, "QCFGMSGQ": true}

// slots are the widths of the slots in which values with several words are
// stored, where that is not ten (Retrieve System Values API).
var slots = map[string]int{"QPWDRULES": 15, "QSSLCSL": 40}

// qualified are the values that hold the name of an object and its library.
var qualified = map[string]bool{
	"QATNPGM": true, "QCFGMSGQ": true, "QCTLSBSD": true, "QINACTMSGQ": true, "QPWDVLDPGM": true,
	"QRMTSIGN": true, "QSTRUPPGM": true, "QUPSMSGQ": true,
}

// verbatim are values that name hardware or a moment, where leading zeros count.
var verbatim = map[string]bool{
	"QSRLNBR": true, "QMODEL": true, "QPRCFEAT": true, "QIPLDATTIM": true,
	"QDATE": true, "QTIME": true, "QDATETIME": true, "QPRTKEYFMT": true,
}

// sysvalValue returns the value of the system value name from its text, padding
// included.
func sysvalValue(name, raw string) collect.Value {
	text := strings.Trim(raw, " \t\r\x00")
	switch {
	case text == "*NOTAVL" && needsIOSYSCFG[name]:
		return collect.Unknown("not visible: the collecting user lacks *IOSYSCFG special authority or function usage QIBM_IOSYSCFG_VIEW")
	case text == "*NOTAVL":
		return collect.Unknown(notVisible)
	case name == "QAUDFRCLVL" && text == "-1":
		return collect.Unknown(notVisible)
	case name == "QAUDFRCLVL" && text == "0":
		return collect.Text("*SYS") // the number of the word
	}
	switch collect.Keys().Type(sysvalPrefix.Join(name)) {
	case collect.TypeSet:
		return collect.Set(slotWords(raw, slotWidth(name))...)
	case collect.TypeList:
		return collect.List(slotWords(raw, slotWidth(name))...)
	case collect.TypeNumber:
		return wholeNumber(text)
	}
	switch {
	case qualified[name]:
		return collect.Text(qualifiedName(raw))
	case verbatim[name]:
		return collect.Text(text)
	}
	return collect.Text(withoutZeros(strings.Join(strings.Fields(text), " ")))
}

func slotWidth(name string) int {
	if w := slots[name]; w > 0 {
		return w
	}
	return 10
}

// slotWords splits a value that holds several words. On the system each word
// stands in a slot of fixed width, and a word as long as its slot touches the
// next one. Some tools put one separator between words instead. Both are
// accepted: words end at blanks, commas and line ends, in front of an asterisk,
// and, when all words begin at the start of a slot, at its end.
func slotWords(raw string, width int) []string {
	separator := func(c byte) bool { return c == ' ' || c == ',' || c == ';' || c < ' ' }
	type span struct{ from, to int }
	var spans []span
	aligned := true
	for i := 0; i < len(raw); {
		if separator(raw[i]) {
			i++
			continue
		}
		from := i
		for i < len(raw) && !separator(raw[i]) {
			i++
		}
		spans = append(spans, span{from, i})
		aligned = aligned && from%width == 0
	}
	var words []string
	for _, s := range spans {
		word := raw[s.from:s.to]
		for aligned && len(word) > width && !strings.Contains(word[1:], "*") {
			words = append(words, word[:width])
			word = word[width:]
		}
		for {
			star := strings.IndexByte(word[min(1, len(word)):], '*')
			if star < 0 {
				break
			}
			words = append(words, word[:star+1])
			word = word[star+1:]
		}
		if word != "" {
			words = append(words, word)
		}
	}
	return words
}

// qualifiedName returns LIBRARY/NAME for a name in ten characters followed by a
// library in ten, or the word that stands in their place.
func qualifiedName(raw string) string {
	words := strings.Fields(raw)
	switch {
	case len(words) == 2 && !strings.Contains(raw, "/"):
		return words[1] + "/" + words[0]
	case len(words) == 1 && len(words[0]) > 10 && !strings.ContainsAny(words[0], "*/"):
		return words[0][10:] + "/" + words[0][:10]
	}
	return strings.Join(words, " ")
}

// wholeNumber returns a number that may be padded with zeros, or written with a
// fraction of zeros by a spreadsheet.
func wholeNumber(text string) collect.Value {
	digits := text
	if i := strings.IndexAny(digits, ".,"); i > 0 && zeroFraction([]byte(digits[i:])) {
		digits = digits[:i]
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case err == nil && n >= 0:
		return collect.Number(n)
	case err == nil:
		return collect.Unknown(fmt.Sprintf("shown as %s, which stands for no number", text))
	case text == "":
		return collect.Unknown("the extract holds no value")
	}
	return collect.Unknown(fmt.Sprintf("shown as %q, which is not a number", shorten(text)))
}

// withoutZeros cuts the zeros off a number that is padded to its slot.
func withoutZeros(text string) string {
	if len(text) < 2 || strings.Trim(text, "0123456789") != "" {
		return text
	}
	if text = strings.TrimLeft(text, "0"); text == "" {
		return "0"
	}
	return text
}

// shorten bounds text from an extract that is quoted in a message.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}
