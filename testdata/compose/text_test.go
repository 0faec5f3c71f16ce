package compose

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestCapture(t *testing.T) {
	at := time.Date(2026, 11, 18, 2, 5, 0, 0, time.FixedZone("CET", 3600))
	want := `*> irondrift-capture 1
*> system: ZVMPROD1
*> time: 2026-11-18T02:05:00+01:00
*> user: AUDITJOB
*> command: SETROPTS LIST
*> begin
one
two
*> end lines: 2
`
	for _, body := range []string{"one\ntwo\n", "one\ntwo"} {
		if got := string(Capture("ZVMPROD1", at, "AUDITJOB", "SETROPTS LIST", []byte(body))); got != want {
			t.Errorf("body %q: got\n%s", body, got)
		}
	}
	if got := Capture("S", at, "U", "C", nil); !bytes.HasSuffix(got, []byte("*> begin\n*> end lines: 0\n")) {
		t.Errorf("empty body: got\n%s", got)
	}
}

func TestDirectory(t *testing.T) {
	lines := DirectoryLines(DirectoryEntry{Comment: []string{"a guest"}, Name: "LNX1", Password: "LBYONLY", Storage: "4G", MaxStorage: "8G", Class: "G",
		Statements: []string{"INCLUDE LINDFLT", "LOGONBY ANNA"}})
	want := "*\n* a guest\nUSER LNX1     LBYONLY 4G 8G G\n INCLUDE LINDFLT\n LOGONBY ANNA\n"
	if got := string(DirectoryText(lines, nil)); got != want {
		t.Errorf("got\n%s", got)
	}
	numbered := strings.Split(string(DirectoryText(lines, &Sequence{First: 100, Step: 10})), "\n")
	if got := numbered[4]; len(got) != 80 || got[:13] != " LOGONBY ANNA" || got[72:] != "00000140" {
		t.Errorf("numbered record %q", got)
	}
	f80 := DirectoryF80(lines, nil)
	if len(f80) != 5*80 {
		t.Fatalf("%d bytes", len(f80))
	}
	wantHex(t, "third record", f80[160:170], "E4E2C5D9 40 D3D5E7F1 40")
	wantHex(t, "its end", f80[238:240], "4040")
	wantHex(t, "sequence number", DirectoryF80(lines, &Sequence{First: 7})[72:80], "F0F0F0F0F0F0F0F7")
}

// The fragments are those of section 1.8 of the RACF reference.
func TestSetroptsWording(t *testing.T) {
	s := Setropts{Auditor: true, INITSTAT: true, WHENPROG: "BASIC", SAUDIT: true, CMDVIOL: true, OPERAUDT: true,
		AUDIT: strings.Fields("DATASET USER GROUP FACILITY OPERCMDS STARTED SURROGAT"),
		CLASSACT: strings.Fields(`DATASET USER GROUP APPL CONSOLE CSFKEYS CSFSERV FACILITY JESJOBS JESSPOOL
			OPERCMDS PROGRAM SDSF SERVAUTH STARTED SURROGAT TEMPDSN UNIXPRIV`),
		PROTALL: "FAILURES", ERASEALL: true, INACTIVE: 80, PWDALG: "KDFAES", INTERVAL: 75, PhraseLine: true,
		HISTORY: 12, REVOKE: 4, RULES: []PasswordRule{{8, 8, "xxxxxxxx"}}, SESSINT: 30}
	got := string(s.List(Layout{}))
	for _, want := range []string{`
ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC) SAUDIT CMDVIOL OPERAUDIT
STATISTICS = NONE
AUDIT CLASSES = DATASET USER GROUP FACILITY OPERCMDS STARTED SURROGAT
ACTIVE CLASSES = DATASET USER GROUP APPL CONSOLE CSFKEYS CSFSERV FACILITY
                 JESJOBS JESSPOOL OPERCMDS PROGRAM SDSF SERVAUTH STARTED
                 SURROGAT TEMPDSN UNIXPRIV
`, `
GLOBAL=YES RACLIST ONLY =  NONE
`, `
LOGOPTIONS "NEVER" CLASSES =  NONE
`, `
PROTECT-ALL IS ACTIVE, CURRENT OPTIONS:
  PROTECT-ALL FAIL OPTION IS IN EFFECT
`, `
ERASE-ON-SCRATCH IS ACTIVE, CURRENT OPTIONS:
  ERASE-ON-SCRATCH FOR ALL DATA SETS IS IN EFFECT
`, `
INACTIVE USERIDS ARE BEING AUTOMATICALLY REVOKED AFTER  80 DAYS.
`, `
PASSWORD PROCESSING OPTIONS:
  THE ACTIVE PASSWORD ENCRYPTION ALGORITHM IS KDFAES
  PASSWORD CHANGE INTERVAL IS  75 DAYS.
  PASSWORD CHANGE INTERVAL IS IN EFFECT FOR PASSWORD PHRASES.
`, `
  12 GENERATIONS OF PREVIOUS PASSWORDS BEING MAINTAINED.
  AFTER   4 CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,
      A USERID WILL BE REVOKED.
`, `
  INSTALLATION PASSWORD SYNTAX RULES:
    RULE 1  LENGTH(8)     xxxxxxxx
   LEGEND:
    A-ALPHA C-CONSONANT L-ALPHANUM N-NUMERIC V-VOWEL W-NOVOWEL *-ANYTHING
`} {
		if !strings.Contains("\n"+got, want) {
			t.Errorf("missing:%s", want)
		}
	}
	if t.Failed() {
		t.Logf("listing:\n%s", got)
	}
}

// Sample B is a real listing; composed from its own values the text must come
// out the same, line by line, wrapping included.
func TestSetroptsLikeSampleB(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "samples", "racf", "setropts-list-b.xml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the sample listing ../shared/samples/racf/setropts-list-b.xml is not next to this repository")
	}
	var want []string
	for _, m := range regexp.MustCompile(`<message>([^<]*)</message>`).FindAllStringSubmatch(string(data), -1) {
		want = append(want, strings.TrimSpace(strings.ReplaceAll(m[1], "&quot;", `"`)))
	}
	lists := map[string][]string{}
	label := ""
	for _, line := range want {
		if at := strings.LastIndex(line, " = "); at > 0 {
			label, line = line[:at], line[at+3:]
		} else if strings.Contains(line, " IS ") {
			break
		}
		lists[label] = append(lists[label], strings.Fields(line)...)
	}
	s := Setropts{Auditor: true, INITSTAT: true, WHENPROG: "BASIC", SAUDIT: true, CMDVIOL: true, OPERAUDT: true,
		CLASSTAT: lists["STATISTICS"], AUDIT: lists["AUDIT CLASSES"], CLASSACT: lists["ACTIVE CLASSES"],
		GENERIC: lists["GENERIC PROFILE CLASSES"], GENCMD: lists["GENERIC COMMAND CLASSES"], GENLIST: lists["GENLIST CLASSES"],
		GLOBAL: lists["GLOBAL CHECKING CLASSES"], RACLIST: lists["SETR RACLIST CLASSES"], RaclistOnly: lists["GLOBAL=YES RACLIST ONLY"],
		LOGALWYS: lists[`LOGOPTIONS "ALWAYS" CLASSES`], LOGNEVER: lists[`LOGOPTIONS "NEVER" CLASSES`], LOGSUCC: lists[`LOGOPTIONS "SUCCESSES" CLASSES`],
		LOGFAIL: lists[`LOGOPTIONS "FAILURES" CLASSES`], LOGDEFLT: lists[`LOGOPTIONS "DEFAULT" CLASSES`],
		EGN: true, TAPEDSN: true, ERASE: true, PREFIX: "PASSWORD", GRPLIST: true, INACTIVE: 120, PWDALG: "LEGACY", INTERVAL: 160,
		REVOKE: 5, WARNING: 250, SLEVAUDT: 50, ADDCREAT: true}
	got := strings.Split(strings.TrimSpace(string(s.List(Layout{NoIndent: true}))), "\n")
	if len(got) != len(want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("line %d\n got %q\nwant %q", i+1, got[i], want[i])
		}
	}
}

func TestSKWorkedExamples(t *testing.T) {
	row := SKRow{Sequence: 12345, Time: time.Date(2026, 3, 4, 5, 6, 7, 890_123_000, time.UTC), Job: "QTVDEVICE", User: "QTCP", Number: 12345,
		Type: 'A', LocalPort: 23, RemoteAddr: "198.51.100.7"}
	outfile := QAUDITSK()
	outfile.KeepBlanks, outfile.LineEnd = true, "\r\n"
	got := string(outfile.Pick("SKENTL", "SKSEQN", "SKCODE", "SKENTT", "SKTSTP", "SKJOB", "SKUSER", "SKNBR", "SKTYPE", "SKLPRT").CSV([]SKRow{row}))
	want := `"SKENTL","SKSEQN","SKCODE","SKENTT","SKTSTP","SKJOB","SKUSER","SKNBR","SKTYPE","SKLPRT"` + "\r\n" +
		`1679,"00000000000000012345","T","SK","2026-03-04-05.06.07.890123","QTVDEVICE ","QTCP      ",12345,"A","23   "` + "\r\n"
	if got != want {
		t.Errorf("QAUDITSK\n got %q\nwant %q", got, want)
	}
	row.LocalPort = 992
	got = string(AuditJournalSK().Pick("ENTRY_TIMESTAMP", "SEQUENCE_NUMBER", "USER_NAME", "QUALIFIED_JOB_NAME", "ENTRY_TYPE",
		"ENTRY_TYPE_DETAIL", "EVENT_LOCAL_PORT", "EVENT_REMOTE_ADDRESS").CSV([]SKRow{row}))
	want = "ENTRY_TIMESTAMP,SEQUENCE_NUMBER,USER_NAME,QUALIFIED_JOB_NAME,ENTRY_TYPE,ENTRY_TYPE_DETAIL,EVENT_LOCAL_PORT,EVENT_REMOTE_ADDRESS\n" +
		"2026-03-04 05:06:07.890123,12345,*NONE,012345/QTCP/QTVDEVICE,A,Accept,992,198.51.100.7\n"
	if got != want {
		t.Errorf("AUDIT_JOURNAL_SK\n got %q\nwant %q", got, want)
	}
}

// The spans and their bytes are the worked record of section 1.7 of the IBM i
// reference.
func TestSKOutfileWorkedRecord(t *testing.T) {
	row := SKRow{Time: time.Date(2026, 3, 4, 5, 6, 7, 890_123_000, time.UTC), Type: 'S', LocalAddr: "192.0.2.10", LocalPort: 992,
		RemoteAddr: "198.51.100.7", RemotePort: 50712, Socket: 3, SecureVersion: "TLSV1.2", SecureProperties: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}
	b := row.Outfile()
	if len(b) != 1679 {
		t.Fatalf("%d bytes", len(b))
	}
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{1, 5, "f0f1f6f7f9"},
		{26, 28, "e3e2d2"},
		{29, 54, "f2f0f2f660f0f360f0f460f0f54bf0f64bf0f74bf8f9f0f1f2f3"},
		{610, 610, "e2"},
		{611, 625, "f1f9f24bf04bf24bf1f04040404040"},
		{626, 630, "f9f9f24040"},
		{631, 645, "f1f9f84bf5f14bf1f0f04bf7404040"},
		{646, 650, "f5f0f7f1f2"},
		{651, 654, "00000003"},
		{1181, 1190, "5cc9d7e5f44040404040"},
		{1570, 1579, "e3d3e2e5f14bf2404040"},
		{1580, 1594, "e3d3e26dc5c3c4c8c56dd9e2c16de6"},
	} {
		wantHex(t, "record", b[c.from-1:c.to], c.want)
	}
}

func TestLargeIsDeterministic(t *testing.T) {
	for name, write := range map[string]func(*bytes.Buffer, uint64) error{
		"directory": func(b *bytes.Buffer, seed uint64) error { return WriteLargeDirectory(b, 500, seed) },
		"QAUDITSK":  func(b *bytes.Buffer, seed uint64) error { return WriteLargeQAUDITSK(b, 500, 40, seed) },
		"zERT":      func(b *bytes.Buffer, seed uint64) error { return WriteLargeZERT(b, 500, 60, seed) },
	} {
		var one, two, other bytes.Buffer
		for b, seed := range map[*bytes.Buffer]uint64{&one: 1, &two: 1, &other: 2} {
			if err := write(b, seed); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: the same seed gave different bytes", name)
		}
		if bytes.Equal(one.Bytes(), other.Bytes()) {
			t.Errorf("%s: the seed makes no difference", name)
		}
		if name == "QAUDITSK" && one.Len()/500 > 130 {
			t.Errorf("QAUDITSK rows are %d bytes on average, meant to be about 100", one.Len()/500)
		}
	}
}

func TestSpool(t *testing.T) {
	body := "ACTIVE CLASSES = DATASET USER GROUP\n                 JESJOBS\n"
	want := "1READY\n  SETROPTS LIST\n ACTIVE CLASSES = DATASET USER GROUP\n1                 JESJOBS\n READY\n END\n"
	if got := string(ASA(SYSTSPRT("SETROPTS LIST", []byte(body)), 3)); got != want {
		t.Errorf("got\n%s", got)
	}
}
