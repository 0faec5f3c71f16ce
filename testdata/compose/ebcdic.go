package compose

import (
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

// EBCDIC returns text in code page 1047, the Latin-1 code page of z/OS UNIX.
// z/VM and IBM i data is usually tagged 037; both agree on letters, digits,
// blank and the punctuation that occurs in names, addresses and statements.
func EBCDIC(text string) []byte {
	return appendEBCDIC(make([]byte, 0, len(text)), text)
}

func appendEBCDIC(dst []byte, text string) []byte {
	for _, r := range text {
		b, ok := charmap.CodePage1047.EncodeRune(r)
		if !ok {
			panic(fmt.Sprintf("compose: %q has no EBCDIC form in code page 1047", r))
		}
		dst = append(dst, b)
	}
	return dst
}

// appendField appends text in EBCDIC, padded with blanks to width bytes.
func appendField(dst []byte, text string, width int) []byte {
	start := len(dst)
	dst = appendEBCDIC(dst, text)
	if len(dst)-start > width {
		panic(fmt.Sprintf("compose: %q is longer than its field of %d bytes", text, width))
	}
	for len(dst)-start < width {
		dst = append(dst, ebcdicBlank)
	}
	return dst
}

const ebcdicBlank = 0x40
