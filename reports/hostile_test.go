package reports

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/irondrift/irondrift/collect"
)

// hostile is planted in every text of a report that comes from outside.
const hostile = "=cmd|'/c calc'!A1<script>alert(1)</script>\"'&{{.}}\x1b[31m\u202egnp\u2066\nINJECTED,1\r\n\x00\u0085\u2028" + `<img src=x onerror=alert(2)>`

// fixed are fields whose text is from a fixed set and cannot hold a name.
var fixed = map[string]bool{
	"Status": true, "Op": true, "Class": true, "Result": true, "Direction": true, "Basis": true, "View": true,
	"State": true, "Standard": true, "Kind": true, "Requirements": true, "Number": true, "Severity": true,
	"PostQuantum": true, "Primitive": true, "Since": true,
}

// poison puts hostile text behind every string below v. It counts them.
func poison(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), n)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), n)
		}
	case reflect.String:
		*n++
		v.SetString(hostile + v.String())
	case reflect.Map:
		if v.Type().Elem().Kind() == reflect.Int64 { // reasons with counts
			for _, k := range v.MapKeys() {
				n := v.MapIndex(k)
				v.SetMapIndex(k, reflect.Value{})
				v.SetMapIndex(reflect.ValueOf(hostile+k.String()), n)
			}
		}
	case reflect.Struct:
		switch v.Interface().(type) {
		case time.Time:
			return
		case collect.Value:
			v.Set(reflect.ValueOf(collect.Set(hostile, "=1+1", "@SUM(A1)")))
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !fixed[f.Name] || f.Name == "Requirements" && f.Type.Elem().Kind() == reflect.Struct {
				poison(v.Field(i), n)
			}
		}
	}
}

func hostileReport() *Report {
	r := exampleReport()
	n := 0
	poison(reflect.ValueOf(r).Elem(), &n)
	if n < 500 {
		panic(fmt.Sprintf("only %d texts were poisoned", n))
	}
	return r
}

// TestHostileText prints a report whose every text is an attack. Nothing that a
// terminal, a browser or a spreadsheet acts on may come out.
func TestHostileText(t *testing.T) {
	for _, opts := range []Options{{Color: true}, {Redact: true, RedactKey: redactKey}} {
		for _, f := range Formats() {
			var out bytes.Buffer
			if err := Write(&out, f.Name, hostileReport(), opts); err != nil {
				t.Fatal(err)
			}
			s := out.String()
			if !utf8.ValidString(s) {
				t.Errorf("%s: not UTF-8", f.Name)
			}
			for i, r := range s {
				ours := r == '\n' || r == '\r' && strings.Contains(f.Name, "csv") ||
					r == 0x1b && f.Name == "terminal" && knownColor(s[i:])
				if unsafeRune(r) && !ours {
					t.Fatalf("%s: unsafe character %U at byte %d: %q", f.Name, r, i, s[max(0, i-40):min(len(s), i+40)])
				}
			}
			if strings.Contains(s, "\nINJECTED") {
				t.Errorf("%s: a line break in a name begins a line", f.Name)
			}
			if f.Name == "html" {
				lower := strings.ToLower(s)
				if n := strings.Count(lower, "<script"); n != 1 {
					t.Errorf("html: %d script elements, want the one of the page", n)
				}
				for _, bad := range []string{"<img", "onerror=alert(2)>", "alert(1)</script>"} {
					if strings.Contains(lower, bad) {
						t.Errorf("html: holds %q", bad)
					}
				}
			}
			if strings.Contains(f.Name, "csv") {
				rows, err := csv.NewReader(strings.NewReader(s)).ReadAll()
				if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				for i, row := range rows[1:] {
					for j, cell := range row {
						if !strings.HasSuffix(f.Name, "raw") && cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
							t.Errorf("%s: row %d, column %s begins with %q", f.Name, i+2, rows[0][j], cell[:1])
						}
					}
				}
			}
		}
	}
}

func knownColor(s string) bool {
	for _, c := range []string{"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m"} {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain äöü 漢字": "plain äöü 漢字",
		"a\nb\tc\r":    `a\nb\tc\r`,
		"\x1b[31mred":  `\x1B[31mred`,
		"\x7f\u0085":   `\x7F\u0085`,
		"a\u202eb":     `a\u202Eb`,
		"\xff\xfe":     `\xFF\xFE`,
		"\U000e0041":   `\U000E0041`,
		"\ufffd":       "\ufffd",
		"zero\u200bw":  `zero\u200Bw`,
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
}
