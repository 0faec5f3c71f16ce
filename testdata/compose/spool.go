package compose

import "bytes"

// SYSTSPRT returns a TSO command's output as a batch job (IKJEFT01) prints it:
// READY, the echo of the command, the output, READY, END.
func SYSTSPRT(command string, body []byte) []byte {
	var b bytes.Buffer
	b.WriteString("READY\n " + command + "\n")
	b.Write(body)
	b.WriteString("READY\nEND\n")
	return b.Bytes()
}

// ASA puts a printer control character into column 1 of every line: 1 on the
// first line of a page of pageLines lines, a blank elsewhere. A page can start
// anywhere, also inside a class list.
func ASA(text []byte, pageLines int) []byte {
	var out []byte
	line := 0
	for l := range bytes.Lines(text) {
		control := byte(' ')
		if line%pageLines == 0 {
			control = '1'
		}
		out = append(append(out, control), l...)
		line++
	}
	return out
}
