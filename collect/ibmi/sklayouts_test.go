package ibmi

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/irondrift/irondrift/collect"
)

// The facts must not depend on the order of the rows, on the quoting, on the
// delimiter, on line ends, on the encoding or on the order of the columns.
func TestLayouts(t *testing.T) {
	lines := []string{
		row(1, 1, "S", 992, "10.1.2.3", 50002, "TLSV1.2", gcm),
		row(2, 2, "A", 992, "10.1.2.3", 50002, "", ""),
		row(3, 3, "A", 23, "10.1.2.3", 50001, "", ""),
		row(4, 4, "A", 23, "2001:db8::15", 50009, "", ""),
		row(5, 5, "A", 23, "::ffff:10.1.2.3", 50001, "", ""),
		row(6, 6, "C", 50011, "203.0.113.9", 443, "", ""),
		row(7, 7, "X", 9471, "10.7.7.7", 50100, "", ""),
	}
	base := rows(lines...)
	want := collectOne(t, collect.Options{}, base)
	if want.header.Facts < 20 {
		t.Fatalf("only %d facts", want.header.Facts)
	}
	reversed := slices.Clone(lines)
	slices.Reverse(reversed)
	text := string(base)
	quoted := strings.NewReplacer(",", `   ","`, "\n", "  \"\n\"").Replace(`"` + text)
	quoted = strings.TrimSuffix(quoted, `"`)
	var columns [][]string
	for line := range strings.Lines(text) {
		columns = append(columns, strings.Split(strings.TrimSpace(line), ","))
	}
	var turned strings.Builder
	for _, c := range columns {
		slices.Reverse(c)
		turned.WriteString(strings.Join(c, ";") + "\n")
	}
	var le, be []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	labels := strings.NewReplacer("SKTSTP", "Timestamp           of entry", "SKTYPE", "Type of entry", "SKLPRT", "local.port").Replace(text)
	for name, in := range map[string][]byte{
		"reversed":          rows(reversed...),
		"twice":             rows(append(slices.Clone(lines), lines...)...),
		"quoted, padded":    []byte(quoted),
		"columns reversed":  []byte(turned.String()),
		"semicolons":        []byte(strings.ReplaceAll(text, ",", ";")),
		"tabs":              []byte(strings.ReplaceAll(text, ",", "\t")),
		"bars":              []byte(strings.ReplaceAll(text, ",", "|")),
		"CRLF":              []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"CR":                []byte(strings.ReplaceAll(text, "\n", "\r")),
		"LFCR":              []byte(strings.ReplaceAll(text, "\n", "\n\r")),
		"BOM":               []byte("\xef\xbb\xbf" + text),
		"BOM and quotes":    []byte("\xef\xbb\xbf" + quoted),
		"sep line":          []byte("sep=,\n" + text),
		"UTF-16 LE":         le,
		"UTF-16 BE":         be,
		"labels":            []byte(labels),
		"header repeated":   append(slices.Clone(base), strings.SplitAfter(text, "\n")[0]...),
		"JDBC times":        []byte(strings.NewReplacer("2026-11-18-00.00.0", "2026-11-18 00:00:0").Replace(text)),
		"null as text":      []byte(strings.ReplaceAll(text, ",,", ",null,")),
		"*N":                []byte(strings.ReplaceAll(text, ",,", ",*N,")),
		"EBCDIC":            toEBCDIC(text),
		"capture":           capture(text, true),
		"spreadsheet ports": []byte(strings.NewReplacer(",23,", ",23.0,", ",992,", ",00992,").Replace(text)),
	} {
		got := collectOne(t, collect.Options{}, in)
		if got.header.Content != want.header.Content {
			t.Errorf("%s: facts differ", name)
			for key, v := range want.values {
				if g := got.values[key]; g.Compare(v) != 0 && collect.Keys().Class(key) != collect.Metric {
					t.Errorf("  %s is %s, want %s", key, g, v)
				}
			}
		}
		if got.header.System != "PRDA" || got.header.Period.Start != "2026-11-18T00:00:01" || got.header.Period.End != "2026-11-18T00:00:07" {
			t.Errorf("%s: system %q, period %+v", name, got.header.System, got.header.Period)
		}
	}
}

// toEBCDIC translates the characters that the rows hold, with NEL line ends.
func toEBCDIC(text string) []byte {
	table := map[rune]byte{' ': 0x40, '.': 0x4B, '-': 0x60, '_': 0x6D, ',': 0x6B, ':': 0x7A, '\n': 0x15}
	for i := range 9 {
		table['A'+rune(i)], table['a'+rune(i)] = 0xC1+byte(i), 0x81+byte(i)
		table['J'+rune(i)], table['j'+rune(i)] = 0xD1+byte(i), 0x91+byte(i)
	}
	for i := range 8 {
		table['S'+rune(i)], table['s'+rune(i)] = 0xE2+byte(i), 0xA2+byte(i)
	}
	for i := range 10 {
		table['0'+rune(i)] = 0xF0 + byte(i)
	}
	var out []byte
	for _, r := range text {
		b, ok := table[r]
		if !ok {
			panic(fmt.Sprintf("no EBCDIC for %q", r))
		}
		out = append(out, b)
	}
	return out
}
