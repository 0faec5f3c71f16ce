package ibmi

import (
	"cmp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// collected is a part in a form that tests can ask: facts and metrics by key.
type collected struct {
	header collect.Header
	values map[collect.Key]collect.Value
	origin map[collect.Key]collect.Located
}

// collectWith reads files with src and returns its one part.
func collectWith(t testing.TB, src collect.Source, opts collect.Options, files ...string) collected {
	t.Helper()
	r, err := tryCollect(t, src, opts, files...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func tryCollect(t testing.TB, src collect.Source, opts collect.Options, files ...string) (collected, error) {
	t.Helper()
	var in []*collect.File
	for i, data := range files {
		in = append(in, collect.BytesFile("extract"+string(rune('0'+i)), []byte(data)))
	}
	parts, err := collect.Run(t.Context(), src, in, &opts)
	if err != nil {
		return collected{}, err
	}
	if len(parts) != 1 {
		t.Fatalf("%d parts", len(parts))
	}
	p := parts[0]
	defer p.Close()
	r := collected{p.Header, map[collect.Key]collect.Value{}, map[collect.Key]collect.Located{}}
	f, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for f.Next() {
		e, err := f.Entry()
		if err != nil {
			t.Fatal(err)
		}
		r.values[e.Key] = e.Value
	}
	v, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for v.Next() {
		l := v.Located()
		r.origin[l.Key] = l
		if !l.Metric.IsAbsent() {
			r.values[l.Key] = l.Metric
		}
	}
	if err := cmp.Or(f.Err(), v.Err()); err != nil {
		t.Fatal(err)
	}
	return r, nil
}

// wantForms compares values by their form.
func wantForms(t *testing.T, r collected, want map[collect.Key]string) {
	t.Helper()
	for key, form := range want {
		if got := r.values[key].String(); got != form {
			t.Errorf("%s: got %s, want %s", key, got, form)
		}
	}
}

// valueInfo is example (d) of the reference with more values: character values
// stand zero-padded or in slots, which words of ten characters fill.
const valueInfo = `SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE
QPWDLVL,3,
QMAXSIGN,,000003
QMAXSGNACN,,3
QINACTITV,,0000000015
QINACTMSGQ,,"*DSCJOB             "
QSECURITY,,40
QAUDLVL,,"*AUTFAIL  *CREATE   *DELETE   *NETSCK   *NETTELSVR*NETSECURE*SECURITY "
QAUDLVL2,,"*NONE     "
QAUDCTL,,"*AUDLVL   *OBJAUD   *NOQTEMP  "
QAUDFRCLVL,0,
QPWDRULES,,"*MINLEN12      *DGTMIN1       *LTRMIN1       *ALLCRTCHG     "
QPWDEXPITV,,*NOMAX
QALWUSRDMN,,"LIBRARY001LIBRARY002QTEMP     "
QSSLPCL,,"*TLSV1.3  *TLSV1.2  "
QSSLCSL,,"*AES_256_GCM_SHA384                     *AES_128_GCM_SHA256                     *ECDHE_ECDSA_CHACHA20_POLY1305_SHA256   "
QSYSLIBL,,"QSYS      QSYS2     QHLPSYS   QUSRSYS   "
QATNPGM,,"PROGRAM001LIBRARY001"
QDATE,,1261118
QPRTDEV,,"PRT01     "
QACTJOB,200,
`

var valueInfoWant = map[collect.Key]string{
	"ibmi/sysval/QPWDLVL":    `3`,
	"ibmi/sysval/QMAXSIGN":   `"3"`,
	"ibmi/sysval/QMAXSGNACN": `3`,
	"ibmi/sysval/QINACTITV":  `"15"`,
	"ibmi/sysval/QINACTMSGQ": `*DSCJOB`,
	"ibmi/sysval/QSECURITY":  `40`,
	"ibmi/sysval/QAUDLVL":    `["*AUTFAIL","*CREATE","*DELETE","*NETSCK","*NETSECURE","*NETTELSVR","*SECURITY"]`,
	"ibmi/sysval/QAUDLVL2":   `["*NONE"]`,
	"ibmi/sysval/QAUDCTL":    `["*AUDLVL","*NOQTEMP","*OBJAUD"]`,
	"ibmi/sysval/QAUDFRCLVL": `*SYS`,
	"ibmi/sysval/QPWDRULES":  `["*ALLCRTCHG","*DGTMIN1","*LTRMIN1","*MINLEN12"]`,
	"ibmi/sysval/QPWDEXPITV": `*NOMAX`,
	"ibmi/sysval/QALWUSRDMN": `["LIBRARY001","LIBRARY002","QTEMP"]`,
	"ibmi/sysval/QSSLPCL":    `["*TLSV1.2","*TLSV1.3"]`,
	"ibmi/sysval/QSSLCSL":    `["*AES_256_GCM_SHA384","*AES_128_GCM_SHA256","*ECDHE_ECDSA_CHACHA20_POLY1305_SHA256"]`,
	"ibmi/sysval/QSYSLIBL":   `["QSYS","QSYS2","QHLPSYS","QUSRSYS"]`,
	"ibmi/sysval/QATNPGM":    `LIBRARY001/PROGRAM001`,
	"ibmi/sysval/QDATE":      `"1261118"`,
	"ibmi/sysval/QPRTDEV":    `PRT01`,
	"ibmi/sysval/QACTJOB":    `"200"`,
}

func TestSystemValueInfo(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, valueInfo)
	wantForms(t, r, valueInfoWant)
	if len(r.values) != len(valueInfoWant) {
		t.Errorf("%d values, want %d", len(r.values), len(valueInfoWant))
	}
	if r.header.View != collect.Active || r.header.Counts.Read != 21 || r.header.Counts.Used != 20 {
		t.Errorf("view %s, counts %+v", r.header.View, r.header.Counts)
	}
	if at := r.origin["ibmi/sysval/QAUDLVL"].At; at.Pos != 8 {
		t.Errorf("QAUDLVL was read on line %d", at.Pos)
	}
	// A selection speaks for what it holds and nothing else.
	if c := r.header.CoverageOf("ibmi/sysval/QAUDCTL"); c.State != collect.Open || c.Reason == "" {
		t.Errorf("coverage of QAUDCTL: %+v", c)
	}
	if c := r.header.CoverageOf("ibmi/sysval/QCRTAUT"); c.State != "" {
		t.Errorf("QCRTAUT is not in the extract, but its coverage is %+v", c)
	}
}

// wholeList returns an extract with every value that a whole list has.
func wholeList() string {
	var b strings.Builder
	b.WriteString("SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\n")
	for _, name := range everywhere {
		b.WriteString(name + ",,7\n")
	}
	return b.String()
}

func TestSystemValueCoverage(t *testing.T) {
	whole := wholeList()
	for _, tt := range []struct {
		name, in string
		assert   bool
		want     collect.Coverage
	}{
		{"whole and proven", captured(whole), false, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Complete}},
		{"whole and asserted", whole, true, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Complete}},
		{"whole, not proven", whole, false, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Open, Through: "ibmi/sysval/QVFYOBJRST"}},
		{"one is missing", captured(strings.Replace(whole, "QCCSID,,7\n", "", 1)), false, collect.Coverage{}},
		{"a row is damaged", captured(whole + "QX,1\n"), false, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Partial}},
		{"end mark is missing", strings.Split(captured(whole), "*> end")[0], false, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Partial}},
	} {
		r := collectWith(t, SystemValues(), collect.Options{System: "PRDA", AssertComplete: tt.assert}, tt.in)
		c := r.header.CoverageOf("ibmi/sysval/QNEWVALUE")
		if (c.Reason == "") != (tt.want.State == collect.Complete || tt.want.State == "") && !tt.assert {
			t.Errorf("%s: reason %q", tt.name, c.Reason)
		}
		c.Reason = ""
		if c != tt.want {
			t.Errorf("%s: coverage %+v, want %+v", tt.name, c, tt.want)
		}
	}
}

// captured puts a capture header around an extract.
func captured(text string) string {
	lines := strings.Count(text, "\n")
	return "*> irondrift-capture 1\n*> system: PRDA\n*> time: 2026-11-18T02:05:00+01:00\n*> begin\n" + text +
		"*> end lines: " + itoa(lines) + "\n"
}

func itoa(n int) string { return collect.Number(int64(n)).Raw() }

// Values that the collecting user may not see are unknown, never off.
func TestSystemValuesNotVisible(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"},
		"SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\nQAUDCTL,,*NOTAVL\nQAUDLVL,,\"*NOTAVL   \"\nQAUDFRCLVL,-1,\nQPWDEXPWRN,,\nQPWDLVL,x,\nQDATSEP,,-\n")
	for _, name := range []string{"QAUDCTL", "QAUDLVL", "QAUDFRCLVL", "QPWDEXPWRN", "QPWDLVL"} {
		if v := r.values["ibmi/sysval/"+collect.Key(name)]; !v.IsUnknown() {
			t.Errorf("%s is %s", name, v)
		}
	}
	wantForms(t, r, map[collect.Key]string{"ibmi/sysval/QDATSEP": "-"})
	if reason := r.values["ibmi/sysval/QAUDCTL"].Raw(); !strings.Contains(reason, "*AUDIT") {
		t.Errorf("reason %q", reason)
	}
}

func TestSlotWords(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		width int
		want  string
	}{
		{"*NETTELSVR*NETSECURE*SECURITY ", 10, "*NETTELSVR *NETSECURE *SECURITY"},
		{"*JOBCHGUSR*SECDIRSRV", 10, "*JOBCHGUSR *SECDIRSRV"},
		{"*JOBCTL    *SAVSYS    ", 10, "*JOBCTL *SAVSYS"}, // eleven apart, as in IBM's sample
		{"*MINLEN12      *SPCCHRLMTAJC  *REQANY3", 15, "*MINLEN12 *SPCCHRLMTAJC *REQANY3"},
		{"*AUDLVL *OBJAUD", 10, "*AUDLVL *OBJAUD"},
		{"*AUDLVL, *OBJAUD", 10, "*AUDLVL *OBJAUD"},
		{"LIBRARY001LIBRARY002QTEMP", 10, "LIBRARY001 LIBRARY002 QTEMP"},
		{"QTEMP LIBRARY001LIBRARY002", 10, "QTEMP LIBRARY001LIBRARY002"}, // not in slots: nothing to cut at
		{"", 10, ""},
		{"   ", 10, ""},
	} {
		if got := strings.Join(slotWords(tt.raw, tt.width), " "); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.raw, got, tt.want)
		}
	}
}

const securityInfo = `"SECURITY_LEVEL","PENDING_SECURITY_LEVEL","PASSWORD_LEVEL","PENDING_PASSWORD_LEVEL","AUDIT_JOURNAL_EXISTS","PASSWORD_EXPIRATION_INTERVAL","PASSWORD_REQUIRE_DIGIT","PASSWORD_RULES","MAXIMUM_SIGNON_ATTEMPTS","MAXIMUM_SIGNON_ACTION","INACTIVE_JOB_MESSAGE_QUEUE","INACTIVE_JOB_MESSAGE_QUEUE_LIBRARY","AUDITING_CONTROL","AUDITING_LEVEL","AUDIT_JOURNAL_RECEIVER","AUDIT_JOURNAL_RECEIVER_LIBRARY","NEXT_USER_ID"
40,,3,4,"YES","90","NO","*MINLEN12 *REQANY3","3","*DEVPRF","QSECMSGQ","QUSRSYS","*AUDLVL *OBJAUD",,"AUDRCV0007","QGPL",109
`

func TestSecurityInfo(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, securityInfo)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/sysval/QSECURITY":                "40",
		"ibmi/sysval/QPWDLVL":                  "3",
		"ibmi/sysval/QPWDEXPITV":               `"90"`,
		"ibmi/sysval/QPWDRQDDGT":               "0",
		"ibmi/sysval/QPWDRULES":                `["*MINLEN12","*REQANY3"]`,
		"ibmi/sysval/QMAXSIGN":                 `"3"`,
		"ibmi/sysval/QMAXSGNACN":               `?shown as "*DEVPRF", which is not a number`,
		"ibmi/sysval/QINACTMSGQ":               "QUSRSYS/QSECMSGQ",
		"ibmi/sysval/QAUDCTL":                  `["*AUDLVL","*OBJAUD"]`,
		"ibmi/sysval/QAUDLVL":                  `?null in QSYS2.SECURITY_INFO: not visible to the collecting user, or not known on this release`,
		"ibmi/security/PENDING_SECURITY_LEVEL": "none",
		"ibmi/security/PENDING_PASSWORD_LEVEL": `"4"`,
		"ibmi/security/AUDIT_JOURNAL_EXISTS":   "true",
		"ibmi/security/AUDIT_JOURNAL_RECEIVER": "QGPL/AUDRCV0007",
		"ibmi/security/NEXT_USER_ID":           `"109"`,
	})
}

// Extracts of one night join. Where two kinds spell a value differently it is
// unknown; two lists that differ are an error.
func TestSystemValuesJoin(t *testing.T) {
	info := "SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\nQSECURITY,,50\nQMAXSGNACN,,3\nQAUDCTL,,*NOTAVL\nQPWDRULES,,*MINLEN12      *REQANY3       \n"
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, info, securityInfo)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/sysval/QSECURITY":  "?extracts disagree: QSYS2.SYSTEM_VALUE_INFO says 50, QSYS2.SECURITY_INFO says 40",
		"ibmi/sysval/QMAXSGNACN": "3",
		"ibmi/sysval/QAUDCTL":    `["*AUDLVL","*OBJAUD"]`,
		"ibmi/sysval/QPWDRULES":  `["*MINLEN12","*REQANY3"]`,
	})
	_, err := tryCollect(t, SystemValues(), collect.Options{System: "PRDA"}, info, strings.Replace(info, "50", "40", 1))
	if err == nil || !strings.Contains(err.Error(), `"ibmi/sysval/QSECURITY" is`) {
		t.Errorf("two lists that differ: %v", err)
	}
}

// A listing composed after the description in the reference; the layout is not
// published.
const wrksysval = "\f 5770SS1 V7R3M0  160422                  System Values                         PRDA      11/18/26 02:05:00   Page    1\n" + `
                  Current                          Shipped
   Name           value                            value                            Description
   QABNORMSW      0                                0                                Previous end of system indicator
 > QAUDCTL        *AUDLVL                          *NONE                            Auditing control
                  *OBJAUD
 > QAUDLVL        *AUTFAIL                         *NONE                            Security auditing level
                  *CREATE
` + "\f 5770SS1 V7R3M0  160422                  System Values                         PRDA      11/18/26 02:05:00   Page    2\n" + `
                  Current                          Shipped
   Name           value                            value                            Description
                  *NETSECURE
   QMAXSIGN       000003                           000003                           Maximum sign-on attempts allowed
   QPRTTXT                                                                          Print text
 > QSECURITY      50                               40                               System security level
   QSSLCSLCTL     *OPSYS                           *OPSYS                           Secure sockets layer cipher control
                     * * * * *  E N D  O F  L I S T I N G  * * * * *
`

func TestWorkWithSystemValues(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, wrksysval)
	want := map[collect.Key]string{
		"ibmi/sysval/QABNORMSW":  `"0"`,
		"ibmi/sysval/QAUDCTL":    `["*AUDLVL","*OBJAUD"]`,
		"ibmi/sysval/QAUDLVL":    `["*AUTFAIL","*CREATE","*NETSECURE"]`, // over the page
		"ibmi/sysval/QMAXSIGN":   `"3"`,
		"ibmi/sysval/QPRTTXT":    `?the listing shows no value`,
		"ibmi/sysval/QSECURITY":  `50`,
		"ibmi/sysval/QSSLCSLCTL": `*OPSYS`,
	}
	wantForms(t, r, want)
	if len(r.values) != len(want) {
		t.Errorf("values %v", r.values)
	}
	if c := r.header.CoverageOf("ibmi/sysval/QSSLCSLCTL"); c.State != collect.Complete {
		t.Errorf("the end of the listing was there, coverage %+v", c)
	}
	open := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, strings.Split(wrksysval, "                     * *")[0])
	if c := open.header.CoverageOf("ibmi/sysval/QSSLCSLCTL"); c.State != collect.Partial {
		t.Errorf("the last value may go on below, coverage %+v", c)
	}
	if c := open.header.CoverageOf("ibmi/sysval/QSECURITY"); c.State != collect.Open {
		t.Errorf("coverage %+v", c)
	}
}

const dspsecaud = `                         Current Security Auditing Values
 Security journal QAUDJRN exists . . . . . . . :   YES
 Journal receiver attached to QAUDJRN  . . . . :   AUDRCV0007
   Library . . . . . . . . . . . . . . . . . . :   QGPL
 Current QAUDCTL system value  . . . . . . . . :   *AUDLVL    *OBJAUD    *NOQTEMP
 Current QAUDLVL system value  . . . . . . . . :   *AUTFAIL   *CREATE    *DELETE    *NETSCK
                                                   *NETTELSVR *SECURITY
 Current QAUDLVL2 system value . . . . . . . . :   *NONE
`

func TestDisplaySecurityAuditing(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, dspsecaud)
	want := map[collect.Key]string{
		"ibmi/security/AUDIT_JOURNAL_EXISTS": "true",
		"ibmi/sysval/QAUDCTL":                `["*AUDLVL","*NOQTEMP","*OBJAUD"]`,
		"ibmi/sysval/QAUDLVL":                `["*AUTFAIL","*CREATE","*DELETE","*NETSCK","*NETTELSVR","*SECURITY"]`,
		"ibmi/sysval/QAUDLVL2":               `["*NONE"]`,
	}
	wantForms(t, r, want)
	if len(r.values) != len(want) {
		t.Errorf("values %v", r.values)
	}
}

const dspsysval = `                          Display System Value
 System value . . . . . :   QMAXSIGN
 Description  . . . . . :   Maximum sign-on attempts allowed

 Sign-on attempts . . . :   5          1-25, *NOMAX

                          Display System Value
 System value . . . . . :   QINACTMSGQ
 Description  . . . . . :   Inactive job message queue

 Message queue  . . . . :   QSECMSGQ   Name, *ENDJOB, *DSCJOB
   Library  . . . . . . :     QUSRSYS  Name

                          Display System Value
 System value . . . . . :   QAUDCTL
 Description  . . . . . :   Auditing control

 Auditing
 control
 *AUDLVL
 *OBJAUD

                          Display System Value
 System value . . . . . :   QALWUSRDMN
 Description  . . . . . :   Allow user domain objects in libraries

 Libraries
 QTEMP
 *DIR
`

func TestDisplaySystemValue(t *testing.T) {
	r := collectWith(t, SystemValues(), collect.Options{System: "PRDA"}, dspsysval)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/sysval/QMAXSIGN":   `"5"`,
		"ibmi/sysval/QINACTMSGQ": `QUSRSYS/QSECMSGQ`,
		"ibmi/sysval/QAUDCTL":    `["*AUDLVL","*OBJAUD"]`,
		// The layout of lists is not published: a name that may be a library or a
		// heading makes the value unknown, not smaller.
		"ibmi/sysval/QALWUSRDMN": `?the listing shows a list in a layout that is not known`,
	})
}

// utf16le encodes text as spreadsheet programs do.
func utf16le(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestSystemValuesConformance(t *testing.T) {
	systemNames := strings.Replace(valueInfo, "SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE", "SysValName,CurNumVal,CurCharVal", 1)
	lines := strings.SplitAfter(strings.TrimSuffix(valueInfo, "\n"), "\n")
	lines[len(lines)-1] += "\n"
	var backwards strings.Builder
	backwards.WriteString(lines[0])
	for i := len(lines) - 1; i > 0; i-- {
		backwards.WriteString(lines[i])
	}
	semicolons := strings.NewReplacer(",", ";").Replace(valueInfo)
	sourcetest.Run(t, sourcetest.Suite{
		Source:  SystemValues(),
		Options: collect.Options{System: "PRDA"},
		Inputs: map[string][]byte{
			"view":          []byte(valueInfo),
			"capture":       []byte(captured(valueInfo)),
			"whole":         []byte(captured(wholeList())),
			"whole, open":   []byte(wholeList()),
			"system names":  []byte(systemNames),
			"backwards":     []byte(backwards.String()),
			"semicolon":     []byte("\xEF\xBB\xBFsep=;\r\n" + strings.ReplaceAll(semicolons, "\n", "\r\n")),
			"tab, UTF-16":   utf16le(strings.ReplaceAll(valueInfo, ",", "\t")),
			"SECURITY_INFO": []byte(securityInfo),
			"WRKSYSVAL":     []byte(wrksysval),
			"DSPSECAUD":     []byte(dspsecaud),
			"DSPSYSVAL":     []byte(dspsysval),
			"newer columns": []byte("SYSTEM_VALUE_NAME,SYSTEM_VALUE,CATEGORY,CHANGEABLE,SHIPPED_DEFAULT_VALUE,TEXT_DESCRIPTION\nQSECURITY,40,SECURITY,YES,40,\"System \"\"security\"\" level\"\n"),
			"hostile names": []byte("SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\nQ/~0~1/,1,\nQ\x01\xff,,\"a\nb\"\nQAUDCTL,,*NONE\n"),
		},
		SameAs: map[string]string{
			"capture": "view", "system names": "view", "backwards": "view", "semicolon": "view", "tab, UTF-16": "view",
		},
		Damaged: map[string]sourcetest.Damage{
			"other view":      {Data: []byte("AUTHORIZATION_NAME,STATUS\nQSECOFR,*ENABLED\n"), Is: collect.ErrNotRecognised},
			"no rows":         {Data: []byte("SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\n"), Is: collect.ErrDamaged},
			"no column names": {Data: []byte("QAUDCTL,,*AUDLVL\nQAUDLVL,,*AUTFAIL\n"), Is: collect.ErrNotRecognised},
			"binary":          {Data: []byte("SYSTEM_VALUE_NAME\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), Is: collect.ErrDamaged},
		},
	})
}

// FuzzSystemValues: any bytes are accounted for, errors carry advice, and a cut
// extract loses nothing under complete coverage.
func FuzzSystemValues(f *testing.F) {
	for _, seed := range []string{valueInfo, captured(wholeList()), securityInfo, wrksysval, dspsecaud, dspsysval,
		"SYSTEM_VALUE_NAME;CURRENT_CHARACTER_VALUE\r\"Q\"\"A\";\"*A*B\rQ,\n", "a  b  c\nQAUDCTL  x\n        *B\n"} {
		f.Add([]byte(seed), uint16(len(seed)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, at uint16) { fuzzSource(t, SystemValues(), in, int(at)) })
}

// fuzzSource checks the properties that hold for any input of a small source.
func fuzzSource(t *testing.T, src collect.Source, in []byte, at int) {
	opts := collect.Options{System: "S", Limits: collect.Limits{Line: 4096, Members: 3}}
	whole, err := tryCollect(t, src, opts, string(in))
	if err != nil {
		if collect.HintOf(err) == "" {
			t.Fatalf("error without advice: %v", err)
		}
		return
	}
	accounted(t, whole)
	cut, err := tryCollect(t, src, opts, string(in[:min(at, len(in))]))
	if err != nil {
		return
	}
	accounted(t, cut)
	for key := range whole.values {
		d, ok := cut.values[key]
		if state := cut.header.CoverageOf(key).State; !ok && state == collect.Complete && collect.Keys().Class(key) == collect.Setting {
			t.Fatalf("%s is gone under complete coverage (%v)", key, d)
		}
	}
}

func accounted(t *testing.T, r collected) {
	t.Helper()
	c := r.header.Counts
	sum := c.Used + c.Duplicate
	for _, n := range c.Ignored {
		sum += n
	}
	if c.Read != sum {
		t.Fatalf("read %d, accounted for %d: %+v", c.Read, sum, c)
	}
	for key := range r.values {
		if r.header.CoverageOf(key).State == "" {
			t.Fatalf("%s is not covered", key)
		}
	}
}
