package racf_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/racf"
)

var sources = []collect.Source{racf.Setropts(), racf.SetroptsVM()}

// A list is read to its end only when the next heading was seen.
func TestCutInsideClassList(t *testing.T) {
	listing := string(options(true).List(layout()))
	at := strings.Index(listing, "GENERIC PROFILE")
	p := read(t, listing[:at])
	p.covered(t, "", collect.Partial)
	p.covered(t, "AUDIT", collect.Complete)
	p.has(t, "AUDIT", 10)
	p.covered(t, "CLASSACT", collect.Partial)
	if !p.values["CLASSACT"].IsUnknown() {
		t.Errorf("CLASSACT is %s, want unknown", p.values["CLASSACT"])
	}
	p.is(t, "GENERIC", "")
	p.is(t, "SAUDIT", "true")
	p.covered(t, "SAUDIT", collect.Complete)

	p = read(t, listing[:strings.Index(listing, "GENERIC COMMAND")])
	p.has(t, "CLASSACT", 24)
	p.covered(t, "CLASSACT", collect.Complete)
}

// A line that may be cut gives no value that could be a part of the real one.
func TestCutLine(t *testing.T) {
	listing := string(options(true).List(layout()))
	for cut, want := range map[string]string{
		"PREFIX IS HL":                        "PREFIX=?the last line has no line end and may be cut",
		"KERBLVL =     1":                     "KERBLVL=?the last line has no line end and may be cut",
		"FOR AUDITING IS  5":                  "SLEVAUDT=?the last line has no line end and may be cut",
		"LENGTH(8)     xxxx":                  "RULE1=?the last line has no line end and may be cut",
		"NAMES OPTION IS ACTIVE":              "REALDSN=true",
		"ATTEMPTS,":                           "REVOKE=6",
		"PASSWORD CHANGE INTERVAL IS  9":      "INTERVAL=?the last line has no line end and may be cut",
		"NO WRITE-DOWN IS IN EFFECT. CURRENT": "MLS=?the listing stops at line 68, in or behind the line of MLSTABLE",
		"PROTECT-ALL IS ACTIVE, CUR":          "PROTALL=?the listing stops at line 29, in or behind the line of JESEARLY",
		"PROTECT-ALL IS ACTIVE":               "PROTALL=",
	} {
		i := strings.Index(listing, cut)
		if i < 0 {
			t.Fatalf("the listing has no %q", cut)
		}
		p := read(t, listing[:i+len(cut)])
		name, value, _ := strings.Cut(want, "=")
		p.is(t, name, value)
		p.covered(t, name, collect.Partial)
		p.covered(t, "", collect.Partial)
	}
}

// The capture header's count shows that lines are gone, but not which: what
// follows from the end of a list is not known then.
func TestLostLines(t *testing.T) {
	listing := captured(options(true).List(layout()))
	p := read(t, replaceLine(t, string(listing), "CSFSERV C0N$RTST FACILITY"))
	p.covered(t, "", collect.Partial)
	p.covered(t, "HISTORY", collect.Complete)
	for _, name := range []string{"CLASSACT", "RULE3", "RACLIST_ONLY"} {
		p.covered(t, name, collect.Partial)
		if v := p.values[name]; !v.IsUnknown() || !strings.Contains(v.Raw(), "the end mark states") {
			t.Errorf("%s is %s, want unknown", name, v)
		}
	}
	// An empty list says so itself.
	p.is(t, "GLOBAL", "[]")
	p.covered(t, "GLOBAL", collect.Complete)

	// Without the end mark the file was cut at its end, not inside.
	p = read(t, replaceLine(t, string(listing), "*> end"))
	p.covered(t, "", collect.Partial)
	p.covered(t, "CLASSACT", collect.Complete)
	p.has(t, "CLASSACT", 24)
}

// A line that became blank on the way keeps the count right. Our jobs print no
// blank lines, so the list in front of it is not known; a terminal may.
func TestBlankLineInClassList(t *testing.T) {
	plain := string(options(true).List(layout()))
	p := read(t, replaceLine(t, string(captured([]byte(plain))), "CSFSERV C0N$RTST FACILITY", ""))
	if v := p.values["CLASSACT"]; !v.IsUnknown() || !strings.Contains(v.Raw(), "is blank, where more classes may have been") {
		t.Errorf("CLASSACT is %s, want unknown", v)
	}
	p.covered(t, "CLASSACT", collect.Partial)
	p.covered(t, "AUDIT", collect.Complete)

	p = read(t, insertBefore(t, plain, "CSFSERV C0N$RTST FACILITY", ""))
	p.has(t, "CLASSACT", 24)
	p.covered(t, "CLASSACT", collect.Complete)
	double := captured([]byte(strings.ReplaceAll(plain, "\n", "\n\n")))
	p = read(t, string(double))
	p.has(t, "CLASSACT", 24)
	p.covered(t, "CLASSACT", collect.Complete)
}

// Without a capture header a lost label shows: the list in front of it may have
// taken the classes of the lost one.
func TestLostLabel(t *testing.T) {
	p := read(t, replaceLine(t, string(options(true).List(layout())), "GENERIC PROFILE"))
	p.covered(t, "", collect.Partial)
	p.is(t, "CLASSACT", "?the line of GENERIC, which should follow, is missing")
	p.covered(t, "AUDIT", collect.Complete)
	if c := p.Header.CoverageOf("racf/setropts"); !strings.Contains(c.Reason, "GENERIC") {
		t.Errorf("reason %q does not name GENERIC", c.Reason)
	}
}

// What a new release adds is shown and does no harm.
func TestNewLines(t *testing.T) {
	plain := string(options(true).List(layout()))
	want := read(t, plain)
	add := func(before string, new ...string) string {
		return lines(plain, func(_ int, l string) []string {
			if strings.HasPrefix(l, before) {
				return append(new, l)
			}
			return []string{l}
		})
	}
	for name, test := range map[string]struct {
		data    string
		unknown int64
	}{
		"a sentence":               {add("SECLABEL CONTROL", "QUANTUM SAFE MODE IS NOT IN EFFECT"), 1},
		"a sentence behind a list": {add("AUTOMATIC", "NEW OPTION IS ACTIVE"), 1},
		"a number":                 {add("APPLAUDIT", "NEWLVL =     7"), 1},
		"a class list":             {add("GENERIC COMMAND", "QUIET CLASSES =  DATASET USER", "                 APPL"), 2},
		"an empty class list":      {add("GENERIC COMMAND", "QUIET CLASSES =  NONE"), 1},
		"at the end":               {plain + "RVARY PASSWORD FORMAT IS KDFAES\n", 1},
		"in the password block":    {add("  MIXED CASE", "  PASSWORD PHRASE MINIMUM LENGTH IS 14."), 1},
		"behind the legend":        {add("INSTALLATION DEFINED", "PASSWORD EXIT ICHPWX01 IS ACTIVE"), 1},
	} {
		p := read(t, test.data)
		if p.Header.Content != want.Header.Content {
			t.Errorf("%s: the facts differ", name)
			for k, v := range want.values {
				p.is(t, k, v.String())
			}
		}
		p.covered(t, "", collect.Complete)
		p.covered(t, "CLASSACT", collect.Complete)
		p.ignored(t, "unrecognised line", test.unknown)
		if len(p.Header.Warnings) == 0 {
			t.Errorf("%s: no warning", name)
		}
	}
}

// A line inside a class list that is no part of it leaves the list unknown.
func TestStrangeLineInClassList(t *testing.T) {
	plain := string(options(true).List(layout()))
	flat := string(options(true).List(narrow()))
	for name, data := range map[string]string{
		"broken name":        strings.Replace(plain, "C0N$RTST", "C0N£RTST", 1),
		"broken name, flat":  strings.Replace(flat, "C0N$RTST", "C0N£RTST", 1),
		"lower case":         strings.Replace(plain, "CSFSERV C0N$RTST", "CSFserv C0N$RTST", 1),
		"long name":          strings.Replace(plain, "C0N$RTST", "C0N$RTSTX", 1),
		"message":            insertBefore(t, plain, "CSFSERV C0N$RTST", "IEA000I SYSTEM IS GOING DOWN"),
		"message, flat":      insertBefore(t, flat, "FACILITY JESJOBS", "IEA000I SYSTEM IS GOING DOWN"),
		"heading of its own": insertBefore(t, plain, "CSFSERV C0N$RTST", "TIME = 10:00:00"),
		"out of place":       insertBefore(t, plain, "GENERIC PROFILE", "NEW THING ON"),
		"NONE and more":      strings.Replace(plain, "ACTIVE CLASSES = DATASET", "ACTIVE CLASSES = NONE DATASET", 1),
		"nothing":            replaceLine(t, replaceLine(t, plain, "ACTIVE CLASSES", "ACTIVE CLASSES ="), "CSFSERV C0N$RTST", "!"),
	} {
		p := read(t, data)
		if v := p.values["CLASSACT"]; !v.IsUnknown() {
			t.Errorf("%s: CLASSACT is %s, want unknown", name, v)
		}
		p.covered(t, "CLASSACT", collect.Partial)
		p.covered(t, "AUDIT", collect.Complete)
		p.covered(t, "GENCMD", collect.Complete)
		p.has(t, "GENCMD", 10)
	}
}

func insertBefore(t *testing.T, s, start, line string) string {
	t.Helper()
	done := false
	out := lines(s, func(_ int, l string) []string {
		if !done && strings.HasPrefix(strings.TrimLeft(l, " "), start) {
			done = true
			return []string{line, l}
		}
		return []string{l}
	})
	if !done {
		t.Fatalf("no line begins with %q", start)
	}
	return out
}

// A line whose label is known and whose words are not makes its option unknown.
func TestUnknownWording(t *testing.T) {
	plain := string(options(true).List(layout()))
	for _, test := range []struct{ label, line, field string }{
		{"REAL DATA", "REAL DATA SET NAMES OPTION IS HALF ACTIVE", "REALDSN"},
		{"PASSWORD CHANGE", "  PASSWORD CHANGE INTERVAL IS *** DAYS.", "INTERVAL"},
		{"PASSWORD CHANGE", "  PASSWORD CHANGE INTERVAL IS 1234567 DAYS.", "INTERVAL"},
		{"PASSWORD CHANGE", "  PASSWORD CHANGE INTERVAL IS -1 DAYS.", "INTERVAL"},
		{"PROTECT-ALL WARN", "  PROTECT-ALL PANIC OPTION IS IN EFFECT", "PROTALL"},
		{"AFTER", "  AFTER SOME CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,", "REVOKE"},
		{"KERBLVL", "KERBLVL = HIGH", "KERBLVL"},
	} {
		p := read(t, replaceLine(t, plain, test.label, test.line))
		if !p.values[test.field].IsUnknown() {
			t.Errorf("%s is %s after %q", test.field, p.values[test.field], test.line)
		}
		p.ignored(t, "unrecognised line", 1)
		p.covered(t, "", collect.Complete)
	}
}

// Records of 80 bytes cut the longest line: what was behind is not known.
func TestCutAttributes(t *testing.T) {
	plain := string(options(true).List(layout()))
	p := read(t, replaceLine(t, plain, "ATTRIBUTES", "ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC) TERMINAL(READ) SAUDIT CMDVIOL OPE"))
	p.is(t, "CMDVIOL", "true")
	p.is(t, "OPERAUDT", "?not printed, although other audit options are")
	if len(p.Header.Warnings) != 1 {
		t.Errorf("warnings: %v", p.Header.Warnings)
	}
}

func TestTwoValues(t *testing.T) {
	plain := string(options(true).List(layout()))
	_, err := tryRead(t, racf.Setropts(), collect.Options{}, replaceLine(t, plain, "ADDCREATOR", "ADDCREATOR IS IN EFFECT", "ADDCREATOR IS NOT IN EFFECT"))
	var e *collect.Error
	if !errors.Is(err, collect.ErrTwoValues) || !errors.As(err, &e) || e.Line == 0 || e.Advice == "" {
		t.Errorf("error %v, want two values with a line", err)
	}
}

// The last listing counts, and one that was asked for and did not come is not
// replaced by an older one.
func TestLaterCommand(t *testing.T) {
	old, now := options(true), options(true)
	old.REVOKE = 3
	session := "READY\nSETROPTS LIST\n" + string(old.List(layout())) + "READY\nSETROPTS LIST\n"
	p := read(t, session+string(now.List(layout()))+"READY\n")
	p.is(t, "REVOKE", "6")
	p.covered(t, "", collect.Complete)
	if n := p.Header.Counts.Ignored["earlier listing"]; n < 60 {
		t.Errorf("%d lines of the earlier listing", n)
	}
	p = read(t, session)
	p.covered(t, "", collect.Partial)
	p.covered(t, "REVOKE", collect.Partial)
	p = read(t, session+"ATTRIBUTES = INITSTATS")
	p.is(t, "REVOKE", "")
}

func TestRefused(t *testing.T) {
	for _, text := range []string{
		"SETROPTS LST(SECRET)\nIKJ56712I INVALID KEYWORD, LST(SECRET)\nIKJ56703A REENTER THIS OPERAND -\n",
		"IKJ56702I INVALID X\n", "ICH14006I RACF IS INACTIVE\n", "IRR52021I You are not authorized to view segments.\n",
	} {
		_, err := tryRead(t, racf.Setropts(), collect.Options{}, "READY\n SETROPTS LIST\n"+text+"READY\nEND\n")
		if !errors.Is(err, racf.ErrCommandFailed) || collect.HintOf(err) == "" || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%q gives error %v, hint %q", text, err, collect.HintOf(err))
		}
	}
}

func TestLimit(t *testing.T) {
	listing := "ATTRIBUTES = INITSTATS\nSTATISTICS = NONE\nACTIVE CLASSES = A\n" + strings.Repeat("B\n", 30000)
	if _, err := tryRead(t, racf.Setropts(), collect.Options{}, listing); !errors.Is(err, collect.ErrLimit) {
		t.Errorf("error %v, want a limit", err)
	}
}

func TestRecognise(t *testing.T) {
	plain := options(true).List(layout())
	for name, test := range map[string]struct {
		data []byte
		want collect.Confidence
	}{
		"listing": {plain, collect.Certain}, "batch": {batch(plain), collect.Certain}, "spool": {spool(plain), collect.Certain},
		"EBCDIC": {inEBCDIC(plain), collect.Certain}, "XML": {inXML(plain), collect.Certain}, "pairs": {inPairs(t, plain), collect.Certain},
		"RACSEQ": {inRACSEQ(t, plain), collect.Certain}, "binary": {inBinary(t, plain), collect.Certain},
		"refused": {[]byte("READY\nSETROPTS LIST\nICH14006I\n"), collect.Likely},
		"mention": {[]byte("to list the options enter\nSETROPTS LIST\nand read them\n"), collect.No},
		"SVG":     {[]byte("<?xml version=\"1.0\"?><svg/>"), collect.No},
		"header":  {[]byte("HTTP/1.1 200 OK\nDate: x\nServer: y\nAudit: z\n"), collect.No},
	} {
		head, err := collect.BytesFile("x", test.data).Peek()
		if err != nil {
			t.Fatal(err)
		}
		if got := sources[0].Recognise(head); got != test.want {
			t.Errorf("%s: confidence %d, want %d", name, got, test.want)
		}
		if got := sources[1].Recognise(head); got >= collect.Likely {
			t.Errorf("%s: claimed for z/VM with %d", name, got)
		}
	}
}

// What follows from absence is doubtful in a listing that was cut, and nothing
// follows from the absence of an attribute until the next line has begun.
func TestAbsenceInCutListing(t *testing.T) {
	listing := replaceLine(t, string(options(true).List(layout())), "PASSWORD PHRASE")
	p := read(t, listing[:strings.Index(listing, "DEFAULT RVARY")])
	for _, name := range []string{"PHRINT", "RULE3"} {
		p.covered(t, name, collect.Partial)
	}
	p.covered(t, "RULE2", collect.Complete)
	p.covered(t, "MINCHANG", collect.Complete)

	p = read(t, "ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC) SAUDIT")
	p.is(t, "SAUDIT", "true")
	p.covered(t, "SAUDIT", collect.Partial)
	p.is(t, "TERMINAL", "")
	p = read(t, "ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC) SAUDIT\n")
	p.covered(t, "SAUDIT", collect.Complete)
	p.is(t, "TERMINAL", "")
	p.is(t, "OPERAUDT", "")
}

// A class list that comes after what should be the last line may be cut too.
func TestCutBehindLastLine(t *testing.T) {
	listing := replaceLine(t, string(options(true).List(layout())), "GENLIST")
	p := read(t, listing+"GENLIST CLASSES =  APP")
	p.is(t, "GENLIST", "?the last line has no line end and may be cut")
	p.covered(t, "GENLIST", collect.Partial)
}

func TestCutForms(t *testing.T) {
	plain := options(true).List(layout())

	// The first digits of a number are no number.
	p := read(t, `{"profile":{"base":{"base:raclist":["APPL"],"base:max_password_change_interval":18`)
	p.is(t, "INTERVAL", "")
	p.is(t, "RACLIST", `["APPL"]`)
	p.covered(t, "RACLIST", collect.Complete)
	p.covered(t, "", collect.Partial)

	// More bytes than the result of R_admin says it has, other than padding, or
	// another length than its fields have.
	b := inBinary(t, plain)
	read(t, string(b)+"\x00\x40").covered(t, "", collect.Complete)
	read(t, string(b)+"\x00\x01").covered(t, "", collect.Partial)
	b[7]++
	p = read(t, string(b))
	p.covered(t, "", collect.Partial)
	p.covered(t, "HISTORY", collect.Complete)

	// The closing tag of the command ends a class list as the next heading does.
	short := plain[:strings.Index(string(plain), "AUTOMATIC")]
	x := string(inXML(short))
	p = read(t, x)
	p.covered(t, "", collect.Partial)
	p.has(t, "LOGDEFLT", 10)
	p.covered(t, "LOGDEFLT", collect.Complete)
	p = read(t, x[:strings.Index(x, "</command>")])
	if v := p.values["LOGDEFLT"]; !v.IsUnknown() {
		t.Errorf("LOGDEFLT is %s, want unknown", v)
	}
}
