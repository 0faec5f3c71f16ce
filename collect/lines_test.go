package collect

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

const captured = `*> irondrift-capture 1
*> system: PRDA
*> time: 2026-11-18T02:05:00+01:00
*> user: AUDITJOB
*> command: SETROPTS LIST
*> begin
first
*> begin looks like ours
third
*> end lines: 3
`

func readLines(t *testing.T, b []byte, opts *Options) (texts []string, l *Lines) {
	t.Helper()
	f := BytesFile("x", b)
	f.opts = opts
	l, err := f.Lines(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for l.Next() {
		texts = append(texts, fmt.Sprintf("%d@%d %s", l.Line().Number, l.Line().Offset, l.Line().Text))
	}
	return texts, l
}

func TestCaptureHeader(t *testing.T) {
	texts, l := readLines(t, []byte(captured), &Options{})
	want := []string{"7@127 first", "8@133 *> begin looks like ours", "9@158 third"}
	if strings.Join(texts, "|") != strings.Join(want, "|") {
		t.Errorf("lines %q, want %q", texts, want)
	}
	c := l.Capture()
	if c == nil || c.System != "PRDA" || c.User != "AUDITJOB" || c.Command != "SETROPTS LIST" || c.Lines != 3 || c.Counted != 3 {
		t.Fatalf("capture %+v", c)
	}
	if at, ok := c.At(); !ok || at.UTC().Format("15:04") != "01:05" {
		t.Errorf("time %v", at)
	}
	if state, why := l.End(&Options{}); state != Complete {
		t.Errorf("state %s: %s", state, why)
	}
	// Every truncation inside the capture is partial, none is open or complete.
	for n := len("*> irondrift-capture 1\n"); n < len(captured)-2; n++ {
		_, l := readLines(t, []byte(captured[:n]), &Options{AssertComplete: true})
		if state, _ := l.End(&Options{AssertComplete: true}); state != Partial {
			t.Fatalf("cut at %d (%q): state %s", n, captured[max(0, n-20):n], state)
		}
	}
	// What follows the end mark is not proven by it.
	_, l = readLines(t, []byte(captured+captured), &Options{})
	if state, why := l.End(&Options{}); state != Partial || !strings.Contains(why, "follow the end mark") {
		t.Errorf("state %s: %s", state, why)
	}
	_, l = readLines(t, []byte(captured+"  \n\n"), &Options{})
	if state, why := l.End(&Options{}); state != Complete {
		t.Errorf("blank lines behind the end mark: state %s: %s", state, why)
	}
	// A line lost in the middle shows in the count.
	_, l = readLines(t, []byte(strings.Replace(captured, "third\n", "", 1)), &Options{})
	if state, why := l.End(&Options{}); state != Partial || !strings.Contains(why, "states 3 lines, 2 arrived") {
		t.Errorf("state %s: %s", state, why)
	}
}

func TestEncodings(t *testing.T) {
	const text = "USER MAINT\n  [x]\nLAST\n"
	ebcdic, err := charmap.CodePage1047.NewEncoder().Bytes([]byte("USER MAINT" + strings.Repeat(" ", 70) + "  [x]" + strings.Repeat(" ", 75) + "LAST" + strings.Repeat(" ", 76)))
	if err != nil {
		t.Fatal(err)
	}
	nel, _ := charmap.CodePage1047.NewEncoder().Bytes([]byte("USER MAINT NOLOG 1G\u00851234567890\u0085LAST LINE\u0085"))
	var le, be []byte
	le, be = append(le, 0xFF, 0xFE), append(be, 0xFE, 0xFF)
	for _, c := range []byte(text) {
		le, be = append(le, c, 0), append(be, 0, c)
	}
	for name, c := range map[string]struct {
		in       []byte
		want     string
		encoding string
	}{
		"ascii":        {[]byte(text), "1@0 USER MAINT|2@11   [x]|3@17 LAST", "utf-8"},
		"crlf":         {[]byte(strings.ReplaceAll(text, "\n", "\r\n")), "1@0 USER MAINT|2@12   [x]|3@19 LAST", "utf-8"},
		"bom":          {[]byte("\xEF\xBB\xBF" + text), "1@3 USER MAINT|2@14   [x]|3@20 LAST", "utf-8"},
		"utf-16le":     {le, "1@2 USER MAINT|2@24   [x]|3@36 LAST", "utf-16le"},
		"utf-16be":     {be, "1@2 USER MAINT|2@24   [x]|3@36 LAST", "utf-16be"},
		"ebcdic F80":   {ebcdic, "1@0 USER MAINT|2@80   [x]|3@160 LAST", "ibm-1047 F80"},
		"ebcdic lines": {nel, "1@0 USER MAINT NOLOG 1G|2@20 1234567890|3@31 LAST LINE", "ibm-1047"},
	} {
		texts, l := readLines(t, c.in, &Options{})
		for i := range texts {
			texts[i] = strings.TrimRight(texts[i], " ")
		}
		if got := strings.Join(texts, "|"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if l.f.info.Encoding != c.encoding {
			t.Errorf("%s: encoding %s, want %s", name, l.f.info.Encoding, c.encoding)
		}
		if state, _ := l.End(&Options{}); state != Open {
			t.Errorf("%s: state %s", name, state)
		}
	}
}

func TestLinesRefuse(t *testing.T) {
	f := BytesFile("big", []byte(strings.Repeat("x", 3<<20)))
	f.opts = &Options{}
	l, err := f.Lines(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for l.Next() {
	}
	if err := l.Err(); !errors.Is(err, ErrLimit) || HintOf(err) == "" {
		t.Errorf("error %v, hint %q", err, HintOf(err))
	}
	if _, err := BytesFile("none", nil).Lines(t.Context()); !errors.Is(err, ErrEmpty) {
		t.Errorf("empty: %v", err)
	}
	if _, err := BytesFile("bin", []byte{0, 1, 2, 0, 0, 9, 0}).Lines(t.Context()); !errors.Is(err, ErrDamaged) {
		t.Errorf("binary: %v", err)
	}
}
