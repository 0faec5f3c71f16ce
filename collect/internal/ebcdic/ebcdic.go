// Package ebcdic tells EBCDIC text from other bytes and translates it.
//
// Mainframe text arrives in one of several code pages that agree on letters,
// digits and a few signs. 1047 (z/OS Unix), 037 (z/VM, IBM i in the US) and 1140
// (037 with the euro sign) are built in, and those of IBM i elsewhere: 273 and 1141
// (Germany, Austria), 500 and 1148 (international), each without and with the euro
// sign. Translation goes through one 256-entry table, since every EBCDIC character
// is one byte.
package ebcdic

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Line ends in EBCDIC: NEL is what z/OS and z/VM write, LF what some transfers
// leave.
const (
	NEL   = 0x15
	LF    = 0x25
	Space = 0x40
)

// Page is a code page.
type Page struct {
	Name  string // "037", "1047" ...
	runes [256]rune
	ascii [256]byte // 0 where the character is not ASCII
}

// pages are the code pages that are built in, in the order in which [Names] lists
// them.
var pages = []*Page{
	newPage("037", charmap.CodePage037),
	newPage("1047", charmap.CodePage1047),
	newPage("1140", charmap.CodePage1140),
	differing("273", germany),
	differing("1141", germany, euro),
	differing("500", international),
	differing("1148", international, euro),
}

// What differs from 037.
var (
	germany = map[byte]rune{
		0x43: '{', 0x4A: 'Ä', 0x4F: '!', 0x59: '~', 0x5A: 'Ü', 0x5F: '^', 0x63: '[', 0x6A: 'ö', 0x7C: '§', 0xA1: 'ß', 0xB0: '¢', 0xB5: '@',
		0xBA: '¬', 0xBB: '|', 0xBC: '‾', 0xC0: 'ä', 0xCC: '¦', 0xD0: 'ü', 0xDC: '}', 0xE0: 'Ö', 0xEC: '\\', 0xFC: ']',
	}
	international = map[byte]rune{0x4A: '[', 0x4F: '!', 0x5A: ']', 0x5F: '^', 0xB0: '¢', 0xBA: '¬', 0xBB: '|'}
	euro          = map[byte]rune{0x9F: '€'}
)

// differing returns code page 037 with some characters replaced.
func differing(name string, changes ...map[byte]rune) *Page {
	p := newPage(name, charmap.CodePage037)
	for _, change := range changes {
		for b, r := range change {
			p.set(b, r)
		}
	}
	return p
}

func (p *Page) set(b byte, r rune) {
	p.runes[b], p.ascii[b] = r, 0
	if r < utf8.RuneSelf {
		p.ascii[b] = byte(r)
	}
}

func newPage(name string, m *charmap.Charmap) *Page {
	p := &Page{Name: name}
	for i := range 256 {
		p.set(byte(i), m.DecodeByte(byte(i)))
	}
	return p
}

// Names returns the names of the code pages that are built in.
func Names() []string {
	names := make([]string, len(pages))
	for i, p := range pages {
		names[i] = p.Name
	}
	return names
}

// Lookup returns the code page of a name such as "1047". CCSID 37 is written 37 on
// IBM i and 037 elsewhere; both are it.
func Lookup(name string) (*Page, error) {
	if name == "37" {
		name = "037"
	}
	for _, p := range pages {
		if p.Name == name {
			return p, nil
		}
	}
	return nil, fmt.Errorf("code page %q is not one of %s", name, strings.Join(Names(), ", "))
}

// Append appends the UTF-8 text of the EBCDIC bytes src to dst.
func (p *Page) Append(dst, src []byte) []byte {
	for _, c := range src {
		if a := p.ascii[c]; a != 0 {
			dst = append(dst, a)
		} else {
			dst = utf8.AppendRune(dst, p.runes[c])
		}
	}
	return dst
}

// String returns the text of src without trailing blanks and NULs, the way
// fixed-length fields are padded.
func (p *Page) String(src []byte) string {
	for len(src) > 0 && (src[len(src)-1] == Space || src[len(src)-1] == 0) {
		src = src[:len(src)-1]
	}
	return string(p.Append(make([]byte, 0, len(src)), src))
}

// Looks reports whether b is more plausible as EBCDIC text than as ASCII or
// UTF-8. EBCDIC letters and digits lie above 0x80 and blanks are 0x40, so text
// of either kind is very unlike the other.
func Looks(b []byte) bool {
	var blanks, letters, ascii int
	for _, c := range b {
		switch {
		case c == Space:
			blanks++
		case c >= 0xF0 && c <= 0xF9 ||
			c >= 0xC1 && c <= 0xC9 || c >= 0xD1 && c <= 0xD9 || c >= 0xE2 && c <= 0xE9 ||
			c >= 0x81 && c <= 0x89 || c >= 0x91 && c <= 0x99 || c >= 0xA2 && c <= 0xA9:
			letters++
		case c == '\n' || c == '\r' || c == ' ' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
			ascii++
		}
	}
	// An EBCDIC blank is an ASCII "@", so blanks alone prove nothing.
	return letters > 0 && letters+blanks > 3*ascii && (letters+blanks)*2 > len(b)
}
