package ibmi

import (
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"
)

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
		{"a name is damaged", captured(whole + "QS\xd4GLOWLMT,5,\n"), false, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Partial}},
		{"a line is blank", captured(strings.Replace(whole, "QCCSID", "\nQCCSID", 1)), false, collect.Coverage{Prefix: "ibmi/sysval", State: collect.Partial}},
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

// A password history of 4, 6 or 8 may be a code or a number of passwords.
func TestSecurityInfoPasswordHistory(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "5": "5", "32": "1", "10": "5", "12": "4"} {
		if got := refusedPasswords(text).String(); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"4", "6", "8", "*NONE", ""} {
		if v := refusedPasswords(text); !v.IsUnknown() {
			t.Errorf("%q: got %s", text, v)
		}
	}
}

func TestColumnAliases(t *testing.T) {
	opts := collect.Options{System: "PRDA", Site: collect.Site{ColumnAliases: map[string][]string{
		"SYSTEM_VALUE_NAME": {"Systemwert"}, "CURRENT_CHARACTER_VALUE": {"Wert   als Text"}, "local_port": {"x"},
	}}}
	r := collectWith(t, SystemValues(), opts, "Systemwert;Wert als Text\nQSECURITY;\"40\"\n")
	wantForms(t, r, map[collect.Key]string{"ibmi/sysval/QSECURITY": "40"})
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
			"EBCDIC":        compose.EBCDIC(wrksysval),
			"DSPSECAUD":     []byte(dspsecaud),
			"DSPSYSVAL":     []byte(dspsysval),
			"newer columns": []byte("SYSTEM_VALUE_NAME,SYSTEM_VALUE,CATEGORY,CHANGEABLE,SHIPPED_DEFAULT_VALUE,TEXT_DESCRIPTION\nQSECURITY,40,SECURITY,YES,40,\"System \"\"security\"\" level\"\n"),
			"hostile names": []byte("SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\nQ/~0~1/,1,\nQ\x01\xff,,\"a\nb\"\nQAUDCTL,,*NONE\n"),
		},
		SameAs: map[string]string{
			"capture": "view", "system names": "view", "backwards": "view", "semicolon": "view", "tab, UTF-16": "view", "EBCDIC": "WRKSYSVAL",
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
