package racf_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/racf"
	"github.com/irondrift/irondrift/testdata/compose"
)

// options are composed ones, in which nearly every option is on.
func options(auditor bool) compose.Setropts {
	return compose.Setropts{
		Auditor: auditor, INITSTAT: true, WHENPROG: "ENHANCED", TERMINAL: "NONE", SAUDIT: true, OPERAUDT: true,
		CLASSTAT: strings.Fields("DATASET DSNR"),
		AUDIT:    strings.Fields("DATASET USER GROUP $CARD APPL FACILITY OPERCMDS SURROGAT TSOAUTH UNIXPRIV"),
		CLASSACT: strings.Fields("DATASET USER GROUP $CARD #SHOP @PAY APPL CONSOLE CSFKEYS CSFSERV C0N$RTST FACILITY JESJOBS JESSPOOL OPERCMDS PROGRAM SDSF SERVAUTH STARTED SURROGAT TEMPDSN TERMINAL TSOAUTH UNIXPRIV"),
		GENERIC:  strings.Fields("DATASET FACILITY OPERCMDS"),
		GENCMD:   strings.Fields("DATASET FACILITY JESJOBS JESSPOOL OPERCMDS PROGRAM SDSF SERVAUTH STARTED SURROGAT"),
		RACLIST:  strings.Fields("APPL CONSOLE CSFKEYS CSFSERV FACILITY OPERCMDS SDSF SERVAUTH STARTED SURROGAT TSOAUTH UNIXPRIV"), RaclistOnly: []string{"VTAMAPPL"},
		LOGALWYS: []string{"SURROGAT"}, LOGFAIL: strings.Fields("DATASET FACILITY"), LOGDEFLT: strings.Fields("APPL CONSOLE CSFKEYS CSFSERV OPERCMDS SDSF SERVAUTH STARTED TSOAUTH UNIXPRIV"),
		EGN: true, REALDSN: true, JESBATCH: true, PROTALL: "WARNING", TAPEDSN: true, RETPD: -1, ERASE: true, ERASEALL: true,
		PREFIX: "HLQ", GRPLIST: true, INACTIVE: 90, MODUSER: true,
		PWDALG: "KDFAES", INTERVAL: 90, PHRINT: 365, MINCHANG: 1, MIXDCASE: true, PWDSPEC: true, HISTORY: 32, REVOKE: 6, WARNING: 14,
		RULES:    []compose.PasswordRule{{Min: 8, Max: 8, Content: "xxxxxxxx"}, {Min: 6, Max: 8, Content: "AL****mc"}},
		RVARSWPW: "INSTLN", SLEVAUDT: 50, SLABAUDT: true, GENOWNER: true, MLS: "FAILURES", CATDSNS: "WARNING",
		JESNJE: "NJEUSER", SESSINT: 15, APPLAUDT: true, KERBLVL: 1, MLFS: true, SLBYSYS: true, SECLANG: "DEU",
	}
}

func layout() compose.Layout { return compose.Layout{} }
func narrow() compose.Layout { return compose.Layout{Width: 40, TrailingBlank: true, NoIndent: true} }

func captured(b []byte) []byte {
	return compose.Capture("PRDA", time.Date(2026, 11, 18, 2, 5, 0, 0, time.UTC), "AUDITJOB", "SETROPTS LIST", b)
}

func batch(b []byte) []byte { return compose.SYSTSPRT("SETROPTS LIST", b) }

// spool breaks pages in class lists and in front of labels.
func spool(b []byte) []byte { return compose.ASA(batch(b), 7) }

func inEBCDIC(b []byte) []byte {
	out := compose.EBCDIC(string(b))
	return bytes.ReplaceAll(out, compose.EBCDIC("\n"), []byte{0x15})
}

// cards writes EBCDIC records of 80 bytes without line ends.
func cards(b []byte) []byte {
	var out []byte
	for l := range strings.Lines(string(b)) {
		out = append(out, compose.EBCDIC(fmt.Sprintf("%-80s", strings.TrimSuffix(l, "\n")))...)
	}
	return out
}

// inXML writes the listing as one stream without line ends, indentation kept.
func inXML(b []byte) []byte {
	var x strings.Builder
	x.WriteString(`<?xml version="1.0" encoding="IBM-1047"?><securityresult xmlns="http://www.ibm.com/systems/zos/saf/IRRSMO00Result1"><systemsettings operation="set" requestid="r"><command><safreturncode>0</safreturncode><returncode>0</returncode><reasoncode>0</reasoncode><image>SETROPTS LIST</image>`)
	for l := range strings.Lines(string(b)) {
		fmt.Fprintf(&x, "<message>%s</message>", html.EscapeString(strings.TrimSuffix(l, "\n")))
	}
	x.WriteString(`</command></systemsettings><returncode>0</returncode><reasoncode>0</reasoncode></securityresult>`)
	return []byte(x.String())
}

// extracted is what the extract interface returns for a listing: the fields in
// an order of its own, without those that only a listing has.
func extracted(t testing.TB, listing []byte) (names []string, v map[string]collect.Value) {
	v = read(t, string(listing)).values
	for name, value := range v {
		if name == "RACLIST_ONLY" || name == "WHENPROG_MODE" || name == "_visibility" || value.IsUnknown() {
			continue
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, v
}

// inPairs writes FIELD:value lines, without what is not set.
func inPairs(t testing.TB, listing []byte) []byte {
	var b bytes.Buffer
	names, v := extracted(t, listing)
	for _, name := range names {
		switch value := v[name]; {
		case value.Type() == collect.TypeSet:
			for _, c := range value.Items() {
				fmt.Fprintf(&b, "%s:%s\n", name, c)
			}
		case value.Type() == collect.TypeBool:
			fmt.Fprintf(&b, "%s:%s\n", name, strings.ToUpper(value.Raw()))
		case value.Raw() == "none":
		case value.Type() == collect.TypeNumber:
			n, _ := value.Int()
			fmt.Fprintf(&b, "%s:%03d\n", name, n)
		default:
			fmt.Fprintf(&b, "%s:%s\n", name, value.Raw())
		}
	}
	return b.Bytes()
}

func inRACSEQ(t testing.TB, listing []byte) []byte {
	names, v := extracted(t, listing)
	var b bytes.Buffer
	fields := 0
	for _, name := range names {
		value := v[name]
		if value.Type() == collect.TypeSet {
			if len(value.Items()) == 0 {
				continue
			}
			fields++
			fmt.Fprintf(&b, "  Repeat field:%s Subfields:01 Occurrences:%04d\n", name, len(value.Items()))
			for _, c := range value.Items() {
				fmt.Fprintf(&b, "    %s:%s\n    ----------\n", name, c)
			}
			continue
		}
		fields++
		text := value.Raw()
		if text == "none" {
			text = ""
		}
		fmt.Fprintf(&b, "  %-8s:%s\n", name, strings.ToUpper(text[:min(1, len(text))])+text[min(1, len(text)):])
	}
	return append([]byte(fmt.Sprintf("Displaying SETROPTS data\n\nSegment: BASE      Fields:%02d\n", fields)), b.Bytes()...)
}

// inBinary writes the result of R_admin byte by byte.
func inBinary(t testing.TB, listing []byte) []byte {
	names, v := extracted(t, listing)
	var body []byte
	fields := 0
	put := func(name, flag, data string) {
		fields++
		body = append(body, compose.EBCDIC(fmt.Sprintf("%-8s%s", name, flag))...)
		body = binary.BigEndian.AppendUint16(body, uint16(len(data)))
		body = append(body, compose.EBCDIC(data)...)
	}
	for _, name := range names {
		switch value := v[name]; {
		case value.Type() == collect.TypeSet:
			var data string
			for _, c := range value.Items() {
				data += fmt.Sprintf("%-8s ", c)
			}
			if data != "" {
				put(name, "A", data)
			}
		case value.IsTrue():
			put(name, "Y", "")
		case value.IsFalse(), value.Raw() == "none":
			put(name, "N", "")
		case value.Type() == collect.TypeNumber:
			n, _ := value.Int()
			put(name, "Y", fmt.Sprintf("%05d", n))
		case name == "PWDALG":
			put(name, "Y", fmt.Sprintf("%-12s", value.Raw()))
		default:
			put(name, "Y", value.Raw())
		}
	}
	out := compose.EBCDIC("RXTR")
	out = binary.BigEndian.AppendUint32(out, uint32(14+11+len(body)))
	out = append(out, 0, 0, 0, 0, 0, 1)
	out = append(out, compose.EBCDIC("BASE    Y")...)
	out = binary.BigEndian.AppendUint16(out, uint16(fields))
	return append(out, body...)
}

// A hand-made result of R_admin: three fields, 79 bytes.
func TestBinaryByHand(t *testing.T) {
	data := "\xD9\xE7\xE3\xD9" + "\x00\x00\x00\x4F" + "\x00\x00\x00\x00" + "\x00\x01" + // RXTR, 79
		"\xC2\xC1\xE2\xC5\x40\x40\x40\x40" + "\xE8" + "\x00\x03" + // BASE
		"\xC8\xC9\xE2\xE3\xD6\xD9\xE8\x40" + "\xE8" + "\x00\x03" + "\xF0\xF0\xF8" + // HISTORY 008
		"\xE2\xC1\xE4\xC4\xC9\xE3\x40\x40" + "\xD5" + "\x00\x00" + // SAUDIT N
		"\xC7\xD3\xD6\xC2\xC1\xD3\x40\x40" + "\xC1" + "\x00\x12" + // GLOBAL
		"\xC4\xC1\xE3\xC1\xE2\xC5\xE3\x40\x40" + "\x5B\xC1\x7B\xF1\x40\x40\x40\x40\x40" // DATASET, $A#1
	p := read(t, data)
	p.covered(t, "", collect.Complete)
	p.is(t, "HISTORY", "8")
	p.is(t, "SAUDIT", "false")
	p.is(t, "GLOBAL", `["$A#1","DATASET"]`)
	p.is(t, "AUDIT", "[]") // an auditor asked, and it is not there
	p.is(t, "REVOKE", "0") // not returned: not set
	p.is(t, "INTERVAL", "?the extract does not hold it")

	cut := read(t, data[:len(data)-1])
	cut.covered(t, "", collect.Partial)
	cut.covered(t, "HISTORY", collect.Complete)
	cut.is(t, "GLOBAL", "")
	cut.is(t, "AUDIT", "")
}

// The fragment as a spool file has it, with a page eject inside a class list.
func TestCarriageControl(t *testing.T) {
	p := read(t, "1READY\n  SETROPTS LIST\n ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC)\n STATISTICS = NONE\n"+
		" ACTIVE CLASSES = DATASET USER GROUP APPL CONSOLE CSFKEYS CSFSERV FACILITY\n"+
		"1                 JESJOBS JESSPOOL OPERCMDS PROGRAM SDSF SERVAUTH STARTED\n"+
		"                  SURROGAT TEMPDSN UNIXPRIV\n"+
		"1PASSWORD PROCESSING OPTIONS:\n   PASSWORD CHANGE INTERVAL IS  75 DAYS.\n"+
		"0  12 GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED.\n"+
		"+  12 GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED.\n READY\n END\n")
	p.is(t, "CLASSACT", `?the line of GENERIC, which should follow, is missing`)
	p.is(t, "INTERVAL", "75")
	p.is(t, "HISTORY", "12")
	p.is(t, "_visibility", "?no audit option was reached")
	p.covered(t, "", collect.Partial) // most lines are missing
	p.covered(t, "INTERVAL", collect.Complete)
	if p.Header.Counts.Duplicate != 1 {
		t.Errorf("counts %+v, want the overprinted line as duplicate", p.Header.Counts)
	}
}

// A page eject in a class list is the only sign of carriage control here.
func TestPageEjectInClassList(t *testing.T) {
	plain := string(options(true).List(layout()))
	p := read(t, lines(plain, func(_ int, l string) []string {
		if strings.Contains(l, "CSFSERV C0N$RTST") {
			return []string{"1" + l}
		}
		return []string{" " + l}
	}))
	if want := read(t, plain); p.Header.Content != want.Header.Content {
		t.Errorf("CLASSACT is %s, want %s", p.values["CLASSACT"], want.values["CLASSACT"])
	}
	p.covered(t, "", collect.Complete)
}

// A number that begins the line where indentation is lost is no page eject.
func TestNoCarriageControl(t *testing.T) {
	p := read(t, string(options(true).List(compose.Layout{NoIndent: true})))
	p.is(t, "HISTORY", "32")
	s := options(true)
	s.HISTORY = 12
	p = read(t, string(s.List(compose.Layout{NoIndent: true})))
	p.is(t, "HISTORY", "12")
	p.covered(t, "", collect.Complete)
}

// Every capture of the same listing has the same facts.
func TestCaptures(t *testing.T) {
	plain := string(options(true).List(layout()))
	want := read(t, plain)
	want.covered(t, "", collect.Complete)
	other := options(true)
	other.HISTORY, other.CLASSACT = 3, []string{"DATASET"}
	older := string(other.List(layout()))
	screen := lines(plain, func(n int, l string) []string {
		if n%20 == 0 {
			return []string{l, " ***", "=> LISTUSER IBMUSER", "===> setropts list"}
		}
		return []string{l}
	})
	for name, data := range map[string]string{
		"shifted by one":          lines(plain, func(_ int, l string) []string { return []string{" " + l} }),
		"CRLF":                    strings.ReplaceAll(plain, "\n", "\r\n"),
		"no last line end":        strings.TrimSuffix(plain, "\n"),
		"screens":                 screen,
		"batch":                   string(batch([]byte(plain))),
		"batch in lower case":     string(compose.SYSTSPRT("setropts list", []byte(plain))),
		"job log before":          "J E S 2  J O B  L O G\n1 //AUDIT JOB\n" + string(batch([]byte(plain))),
		"two listings":            string(batch([]byte(older))) + string(batch([]byte(plain))),
		"two listings and Ctrl-Z": older + "\x1A" + plain + "\x1A",
		"spool":                   string(spool([]byte(plain))),
		"spool, long pages":       string(compose.ASA(batch([]byte(plain)), 57)),
		"XML":                     string(inXML([]byte(plain))),
		"width 66":                string(options(true).List(compose.Layout{Width: 66, TrailingBlank: true})),
		"width 132":               string(options(true).List(compose.Layout{Width: 132})),
		"width 30, no indent":     string(options(true).List(compose.Layout{Width: 30, NoIndent: true})),
		"full stops lost":         strings.ReplaceAll(plain, ".\n", "\n"),
		"full stops everywhere":   lines(plain, stops),
		"narrow sentences":        narrowSentences(plain, 40),
		"EBCDIC":                  string(inEBCDIC([]byte(plain))),
		"capture":                 string(captured([]byte(plain))),
		"form feeds":              strings.ReplaceAll(plain, "\nPASSWORD PROCESSING", "\n\fPASSWORD PROCESSING"),
		"blank lines":             strings.ReplaceAll(plain, "\n", "\n\n"),
	} {
		got := read(t, data)
		if got.Header.Content != want.Header.Content {
			t.Errorf("%s: the content digest differs", name)
			for k, v := range want.values {
				if w := got.values[k]; w.Compare(v) != 0 {
					t.Errorf("  %s is %s, want %s", k, w, v)
				}
			}
		}
		if c := got.Header.CoverageOf("racf/setropts/HISTORY"); c.State != collect.Complete {
			t.Errorf("%s: coverage %v", name, c)
		}
	}
}

// stops puts a full stop behind every sentence.
func stops(_ int, l string) []string {
	if strings.Contains(l, " IS ") && !strings.HasSuffix(l, ".") && !strings.HasSuffix(l, ":") {
		l += "."
	}
	return []string{l}
}

// narrowSentences breaks what is longer than width and no class list.
func narrowSentences(s string, width int) string {
	return lines(s, func(_ int, l string) []string {
		if len(l) <= width || strings.Contains(l, "CLASSES =") || strings.Contains(l, "ONLY =") || !strings.Contains(l, " IS ") {
			return []string{l}
		}
		i := strings.LastIndexByte(l[:width], ' ')
		return []string{l[:i], "  " + l[i+1:]}
	})
}

func TestSeveralFiles(t *testing.T) {
	basic, auditor := string(options(false).List(layout())), string(options(true).List(layout()))
	p := readAs(t, racf.Setropts(), collect.Options{}, basic, auditor)
	p.is(t, "SAUDIT", "true")
	p.is(t, "HISTORY", "32")
	p.covered(t, "", collect.Complete)

	x := string(inBinary(t, []byte(auditor)))
	p = readAs(t, racf.Setropts(), collect.Options{}, basic, x)
	p.is(t, "RACLIST_ONLY", `["VTAMAPPL"]`)
	p.is(t, "SAUDIT", "true")

	o := options(true)
	o.REVOKE = 3
	if _, err := tryRead(t, racf.Setropts(), collect.Options{}, auditor, string(o.List(layout()))); err == nil || !strings.Contains(err.Error(), "REVOKE") {
		t.Errorf("two files that disagree about REVOKE: error %v", err)
	}
}

func TestVM(t *testing.T) {
	listing := string(options(true).List(layout()))
	listing = replaceLine(t, listing, "JES-BATCHALLRACF")
	listing = replaceLine(t, listing, "TAPE DATA SET")
	console := "rac setropts list\n" + listing + "Ready; T=0.02/0.03 02:05:11\n"
	head, err := collect.BytesFile("x", []byte(console)).Peek()
	if err != nil {
		t.Fatal(err)
	}
	src, err := collect.Recognise([]collect.Source{racf.Setropts(), racf.SetroptsVM()}, head)
	if err != nil || src.Info().Name != "racf-setropts-zvm" {
		t.Fatalf("the console of CMS is recognised as %v, %v", src, err)
	}
	p := readAs(t, src, collect.Options{}, console)
	if p.Header.Platform != "zvm" {
		t.Errorf("platform %q", p.Header.Platform)
	}
	p.covered(t, "", collect.Complete)
	p.is(t, "TAPEDSN", "?this listing has no line for it")
	p.is(t, "HISTORY", "32")

	// The same lines missing from a listing of z/OS mean that it is damaged.
	p = read(t, listing)
	p.covered(t, "", collect.Partial)
	p.covered(t, "HISTORY", collect.Complete)
	p.is(t, "TAPEDSN", "")
}

// Each class has the place of its own line, not that of the label.
func TestProvenance(t *testing.T) {
	listing := string(options(true).List(layout()))
	p := read(t, "READY\n"+listing)
	r, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	found := 0
	for r.Next() {
		l := r.Located()
		switch l.Key {
		case "racf/setropts/CLASSACT":
			found++
			if l.At.Pos != 6 {
				t.Errorf("CLASSACT at line %d, want 6", l.At.Pos)
			}
			want := map[string]int64{"DATASET": 6, "C0N$RTST": 7, "TSOAUTH": 8, "UNIXPRIV": 9}
			for i, c := range p.values["CLASSACT"].Items() {
				if want[c] != 0 && l.Members[i].Pos != want[c] {
					t.Errorf("%s at line %d, want %d", c, l.Members[i].Pos, want[c])
				}
			}
		case "racf/setropts/HISTORY":
			found++
			at := strings.Index(listing, "  32 GENERATIONS") + len("READY\n")
			if l.At.Offset != int64(at) {
				t.Errorf("HISTORY at offset %d, want %d", l.At.Offset, at)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d of 2 keys have provenance: %v", found, r.Err())
	}
}
