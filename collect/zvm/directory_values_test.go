package zvm

import (
	"errors"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

func text(lines ...string) []byte { return compose.DirectoryText(lines, nil) }

var asserted = collect.Options{AssertComplete: true}

// The composed cluster directory, with values read from it by hand.
func TestCluster(t *testing.T) {
	c := mustRun(t, collect.Options{}, capture(text(cluster...)))
	c.want(t, map[string]string{
		"zvm/user/MAINT/kind":           "identity",
		"zvm/user/MAINT/password_class": "other",
		"zvm/user/MAINT/class":          `["A","B","C","D","E","F","G"]`,
		"zvm/user/MAINT/profile":        "IBMDFLT",
		"zvm/user/MAINT/logonby":        `["ADMIN1","ADMIN2"]`,
		// the union of the entry and the profile
		"zvm/user/MAINT/option":              `["LNKEXCLU","LNKSTABL","MAINTCCW","QUICKDSP"]`,
		"zvm/user/MAINT/mdisk/0190/extent":   "3390 100 107 M01RES",
		"zvm/user/MAINT/mdisk/0190/password": `["multi=other","read=public","write=default"]`,
		// what the members add, and nothing else of them
		"zvm/user/MAINT/on/M01/subconfig":           "MAINT-1",
		"zvm/user/MAINT/on/M01/mdisk/0191/extent":   "3390 500 10 M01W01",
		"zvm/user/MAINT/on/M01/mdisk/0191/password": `["multi=default","read=default","write=other"]`,
		"zvm/user/MAINT/on/M01/link":                `["MAINT.0190 RR"]`,
		"zvm/user/MAINT/on/M01/command":             `["SEND <masked>"]`,
		"zvm/user/MAINT/on/M01/statement":           `["LOADDEV SCPDATA <masked>"]`,
		"zvm/user/MAINT/on/M01/option":              "absent",
		"zvm/user/MAINT/on/M02/mdisk/0191/extent":   "3390 500 10 M02W01",
		"zvm/user/MAINT/on/M02/mdisk/0191/password": "[]",
		"zvm/user/MAINT/on/M02/command":             `["SET PF09 IMMED AUTOLOG OTHER <masked>"]`,

		"zvm/user/ADMIN1/password_class":   "weak",
		"zvm/user/ADMIN1/appcpass":         "1",
		"zvm/user/ADMIN1/password_changed": "2018-08-08",
		"zvm/user/ADMIN1/link":             `["MAINT.0123 MW"]`,

		"zvm/user/LIN001/command":             `["XAUTOLOG OTHER <masked>","CP LINK TCPMAINT 592 592 RR <masked>"]`,
		"zvm/user/LIN001/ipl":                 "0190 PARM <masked>",
		"zvm/user/LIN001/option":              `["APPLMON"]`,
		"zvm/user/LIN001/iucv":                `["ANY"]`,
		"zvm/user/LIN001/nicdef/0600":         `["LAN SYSTEM VSW1","TYPE QDIO","VLAN 55"]`,
		"zvm/user/LIN001/mdisk/0300/extent":   "FB-512 V-DISK 512000",
		"zvm/user/LIN001/mdisk/0300/mode":     "MWV",
		"zvm/user/LIN001/mdisk/0100/password": `["read=other","write=other"]`,
		"zvm/user/LIN001/statement":           `["SPOOL 000C 2540 READER *"]`,
		"zvm/user/LIN001/unknown_statements":  "1",

		"zvm/user/SSL/kind":    "pool",
		"zvm/user/SSL/pool":    "00001-00005",
		"zvm/user/SSL/profile": "IBMDFLT",
		"zvm/user/SSL/option":  `["QUICKDSP"]`,

		"zvm/user/BADSTOR/storage":     "?the operand in its place is not a storage size",
		"zvm/user/BADSTOR/max_storage": "?the operand in its place is not a storage size",
		"zvm/user/BADSTOR/class":       "?the operand in its place cannot be privilege classes",
		"zvm/user/BADCLAS/storage":     "64M",
		"zvm/user/BADCLAS/class":       `?the operand in its place cannot be privilege classes`,

		"zvm/user/BADDISK/mdisk/0191/extent":   "?the operands of the MDISK statement cannot be read",
		"zvm/user/BADDISK/mdisk/0191/password": "?the operands of the MDISK statement cannot be read",
		"zvm/user/BADDISK/mdisk/0192/extent":   "3390 1 5 VOL001",
		"zvm/user/BADDISK/mdisk/0192/mode":     "?the operand in the place of the mode is no mode",
		"zvm/user/BADDISK/mdisk/0192/password": "?the operand in the place of the mode is no mode",
		"zvm/user/BADDISK/mdisk/0193/password": `["read=default","write=other"]`, // continued behind a comma
		"zvm/user/BADDISK/link":                `["MAINT.0190 unknown"]`,

		"zvm/user/$ALLOC$/mdisk/0A01/extent": "3390 0 END M01RES",
		"zvm/user/$ALLOC$/mdisk/0A01/mode":   "R",
		"zvm/user/TOOLONGN/kind":             "absent",
		"zvm/directory/object":               `["SSI 0123 3390 M01RES 0124"]`,
		"zvm/directory/globalopts":           `["MACHINE XA"]`,
		"zvm/directory/posixgroup/staff":     "1",
		"zvm/profile/IBMDFLT/statement":      `["SPOOL 000C 2540 READER *"]`,
		// One USER statement had no usable name, so no count can be trusted.
		"zvm/directory/user/count": "?an entry statement has no usable name, so one entity is missing",
	})
	if got := c.Header.CoverageOf("zvm/user/MAINT/option"); got.State != collect.Partial {
		t.Errorf("coverage of users: got %+v, want partial", got)
	}
	if c.Header.System != "ZVMPROD1" || c.Header.Period.Start != "2026-11-18T02:05:00+01:00" {
		t.Errorf("got system %q, period %+v; want those of the capture header", c.Header.System, c.Header.Period)
	}
}

// The counters over a directory without broken lines.
func TestRollUps(t *testing.T) {
	c := mustRun(t, asserted, text(
		"PROFILE P1", " OPTION LNKN", " IUCV ALLOW",
		"IDENTITY MAINT LBYONLY 1M 1M ABCDEFG",
		" BUILD ON * USING SUBCONFIG MAINT-1",
		" MDISK 0123 3390 000 10017 M01RES MR",
		"SUBCONFIG MAINT-1",
		" MDISK 0191 3390 100 50 M01W01 MR RMAI WMAINT M",
		"USER ROOT ROOT 1M 1M G", // password = userid, supplied by IBM
		" INCLUDE P1", " POSIXINFO UID 0", " LINK MAINT 123 123 MW",
		"USER A1 NOPASS 1M 1M BG", " MDISK 0191 3390 1 50 VOL001 MR ALL ALL", " COMMAND SET RUN ON", " DEDICATE 0200 0A00",
		"USER A2 12345678 1M 1M G", " MDISK 0191 3390 50 50 VOL001 MR READ WRITE", " LINK MAINT 123 123 RR",
		"USER A3 3A 1M 1M G", " MDISK 0191 3390 100 50 VOL001 MR",
		"USER A4 XXXXXXXX 1M 1M G", " LINK MAINT 123 123 W",
		"USER A5 SITEWORD 1M 1M G",
		"USER A6 NOLOG 1M 1M ABCDEF",
		"USER A7 AUTOONLY 1M 1M 16",
		"USER VSMGUARD CPCMS 1M 1M G", " IUCV ANY", " IUCV *RPI PRIORITY",
		"USER SSL LBYONLY 1M 1M G", " POOL LOW 00003 HIGH 00012",
	))
	c.want(t, map[string]string{
		"zvm/directory/user/count":                          "20",
		"zvm/directory/identity/count":                      "1",
		"zvm/directory/pool_users/count":                    "10",
		"zvm/directory/password/nolog/count":                "1",
		"zvm/directory/password/lbyonly/count":              "11",
		"zvm/directory/password/autoonly/count":             "1",
		"zvm/directory/password/masked/count":               "1",
		"zvm/directory/password/nopass/users":               `["A1"]`,
		"zvm/directory/password/other/users":                `["A1","A2","A3","A4","A5","ROOT","VSMGUARD"]`,
		"zvm/directory/password/vendor_default/users":       `["VSMGUARD"]`,
		"zvm/directory/password/equals_userid/users":        `["ROOT"]`,
		"zvm/directory/password/weak/users":                 `["A2","A3"]`,
		"zvm/directory/privileged/count":                    "3", // MAINT, A1, A7
		"zvm/directory/privileged/not_lbyonly/users":        `["A1"]`,
		"zvm/directory/class/B/users":                       `["A1","A6","MAINT"]`,
		"zvm/directory/class/6/users":                       `["A7"]`,
		"zvm/directory/option/LNKNOPAS/users":               `["ROOT"]`,
		"zvm/directory/option/privileged/not_lbyonly/users": `["ROOT"]`,
		"zvm/directory/iucv/any/users":                      `["VSMGUARD"]`,
		"zvm/directory/iucv/allow/users":                    `["ROOT"]`,
		"zvm/directory/iucv/rpi/users":                      `["VSMGUARD"]`,
		"zvm/directory/posix/uid0/users":                    `["ROOT"]`,
		"zvm/directory/command_statement/users":             `["A1"]`,
		"zvm/directory/dedicate/count":                      "1",
		"zvm/directory/smapi_users/loggable":                `["VSMGUARD"]`,
		"zvm/directory/ibm_users/loggable":                  `["ROOT","VSMGUARD"]`,
		"zvm/directory/mdisk/count":                         "5",
		"zvm/directory/mdisk/default_password/count":        "2",
		"zvm/directory/mdisk/default_password/disks":        `["A2.0191","MAINT.0191"]`,
		"zvm/directory/mdisk/public_read/disks":             `["A1.0191"]`,
		"zvm/directory/mdisk/public_write/disks":            `["A1.0191"]`,
		"zvm/directory/mdisk/fullpack/disks":                `["MAINT.0123"]`,
		"zvm/directory/mdisk/overlap/count":                 "2", // 1-50 and 50-99; 100-149 is free
		"zvm/directory/link/fullpack/users":                 `["A2","A4","ROOT"]`,
		"zvm/directory/link/write/MAINT/0123":               `["A4","ROOT"]`,
		"zvm/user/MAINT/on/*/mdisk/0191/password":           `["multi=other","read=default","write=default"]`,
		"zvm/user/A5/password_class":                        "other",
		"zvm/profile/P1/user_count":                         "1",
	})
	if got := c.Header.CoverageOf("zvm/user/A1/class"); got.State != collect.Complete {
		t.Errorf("coverage: got %+v, want complete", got)
	}
	site := asserted
	site.Site.VendorPasswords = []string{"siteword"}
	mustRun(t, site, text("USER A5 SITEWORD 1M 1M G")).want(t, map[string]string{"zvm/user/A5/password_class": "vendor-default"})
}

// Each password as the table of classes has it, in its order.
func TestPasswordClass(t *testing.T) {
	for _, c := range []struct{ userid, password, want string }{
		{"A", "NOLOG", "nolog"}, {"A", "nolog", "nolog"}, {"A", "NOPASS", "nopass"}, {"A", "AUTOONLY", "autoonly"},
		{"A", "LBYONLY", "lbyonly"}, {"A", "NOLOGS", "weak"},
		{"A", "XXXXXXXX", "masked"}, {"A", "********", "masked"}, {"XXXX", "XXXX", "masked"}, {"A", "XXXXXXX*", "other"},
		{"A", "WD5JU8QP", "vendor-default"}, {"A", "wd5ju8qp", "vendor-default"}, {"AMDAHL", "AMDAHL", "vendor-default"},
		{"MAINTENA", "maintena", "equals-userid"}, {"A", "A", "equals-userid"},
		{"A", "SHORT12", "weak"}, {"A", "20260101", "weak"}, {"OPERATOR", "ROTAREPO", "weak"},
		{"A", "LONG1234", "other"},
	} {
		got := newVendorWords(nil).classify([]byte(strings.ToUpper(c.password)), c.userid).String()
		if got != c.want {
			t.Errorf("%s with password %s: got %s, want %s", c.userid, c.password, got, c.want)
		}
		mustRun(t, asserted, text("USER "+c.userid+" "+c.password+" 1M 1M G")).
			want(t, map[string]string{"zvm/user/" + c.userid + "/password_class": c.want})
	}
}

// Two entries with one name.
func TestTwoEntries(t *testing.T) {
	same := mustRun(t, asserted, text("USER A NOLOG 1M 1M G", " MDISK 191 3390 1 5 V1 MR", "USER B NOLOG", "user a nolog 1m 1m g", "*", "  MD 0191 3390 001 5 V1 MR"))
	same.want(t, map[string]string{"zvm/directory/user/count": "2", "zvm/user/A/mdisk/0191/extent": "3390 1 5 V1"})
	if same.Header.Counts.Duplicate != 2 {
		t.Errorf("got %d duplicate lines, want 2", same.Header.Counts.Duplicate)
	}
	_, err := run(t, asserted, text("USER A NOLOG 1M 1M G", "USER B NOLOG"), text("USER A NOLOG 1M 1M BG"))
	if !errors.Is(err, collect.ErrTwoValues) || !strings.Contains(err.Error(), "b.direct: line 1:") || !strings.Contains(err.Error(), "a.direct:1") || collect.HintOf(err) == "" {
		t.Errorf("got error %v, want two values with both places", err)
	}
}

// What an entry names and the extract does not hold leaves that entry partial.
func TestMissingParts(t *testing.T) {
	c := mustRun(t, asserted, text("USER A NOLOG 1M 1M G", " INCLUDE GONE", " OPTION LNKN", "IDENTITY B NOLOG 1M 1M G", " BUILD ON M1 USING SUBCONFIG B-1", "USER C NOLOG 1M 1M G"))
	for key, want := range map[collect.Key]collect.State{
		"zvm/user/A/option":        collect.Partial,
		"zvm/user/B/option":        collect.Complete,
		"zvm/user/B/on/M1/link":    collect.Partial,
		"zvm/user/C/option":        collect.Complete,
		"zvm/directory/user/count": collect.Partial,
	} {
		if got := c.Header.CoverageOf(key); got.State != want {
			t.Errorf("coverage of %s: got %+v, want %s", key, got, want)
		}
	}
	c.want(t, map[string]string{
		"zvm/user/A/option":        `["LNKNOPAS"]`,
		"zvm/directory/user/count": "?PROFILE or SUBCONFIG entries that others name 2 times are not in the extract",
	})
	headless := mustRun(t, asserted, text(" OPTION LNKN", " MDISK 191 3390 1 5 V1 MR", "USER C NOLOG 1M 1M G"))
	if got := headless.Header.CoverageOf("zvm/user/C/option"); got.State != collect.Partial {
		t.Errorf("a directory without its beginning is %+v, want partial", got)
	}
	many := []string{"PROFILE P"}
	for i := range 150 {
		many = append(many, "USER U"+string(rune('A'+i/26))+string(rune('A'+i%26))+" NOLOG 1M 1M G", " INCLUDE GONE")
	}
	if got := mustRun(t, asserted, text(many...)).Header; len(got.Coverage) > 10 || got.CoverageOf("zvm/user/UAA/option").State != collect.Partial {
		t.Errorf("got %d rows of coverage, want one for all: %+v", len(got.Coverage), got.Coverage)
	}
}

// A directory kept as several files is one part; one without proof of its end
// leaves all partial, because no point in the order of entries stands for two
// files.
func TestSeveralFiles(t *testing.T) {
	one, two := text("PROFILE P", " OPTION ACCT", "USER A NOLOG 1M 1M G", " INCLUDE P"), text("USER B NOLOG 1M 1M G", " INCLUDE P")
	c := mustRun(t, asserted, one, two)
	c.want(t, map[string]string{"zvm/user/B/option": `["ACCT"]`, "zvm/directory/user/count": "2"})
	if whole := mustRun(t, asserted, append(append([]byte{}, one...), two...)); whole.Header.Content != c.Header.Content {
		t.Errorf("two files and one with both differ:\n%s---\n%s", c.text, whole.text)
	}
	open := mustRun(t, collect.Options{}, one, two)
	if got := open.Header.CoverageOf("zvm/user/C/option"); got.State != collect.Partial || !strings.HasPrefix(got.Reason, "a.direct: ") {
		t.Errorf("two files without proof are %+v, want partial and why", got)
	}
	if _, err := run(t, asserted, one, text("Features ,", " Enable ,")); !errors.Is(err, collect.ErrNotRecognised) {
		t.Errorf("a file of another kind beside: got %v, want not recognised", err)
	}
}

// The order of entries, and of statements where it means nothing, changes no
// fact.
func TestOrder(t *testing.T) {
	a := mustRun(t, asserted, text("PROFILE P", " OPTION ACCT", "IDENTITY M LBYONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG X", "SUBCONFIG X",
		" MDISK 191 3390 1 5 V1 MR RM WRITE", "USER A NOLOG 1M 1M G", " INCLUDE P", " OPTION LNKN MAXC 5", " LOGONBY B C", " LINK M 190", " MDISK 192 3390 1 5 V2"))
	b := mustRun(t, asserted, text("USER A NOLOG 1M 1M G", " LINK m 0190 0190", " MDISK 0192 3390 001 05 V2 W", " LOGONBY C", " LOGONBY B", " OPTION MAXCONN 5", " OPTION LNKNOPAS LNKN", " INCLUDE P",
		"SUBCONFIG X", " MDISK 191 3390 1 5 V1 MR RM WRITE", "IDENTITY M LBYONLY 1M 1M G", " BUILD ON M1 USING SUBCONFIG X", "PROFILE P", " OPTION ACCT"))
	if a.Header.Content == b.Header.Content {
		return
	}
	for key, form := range a.facts {
		if b.facts[key] != form && key != "zvm/directory/parse/out_of_sequence" && key != "zvm/directory/parse/refused/entries" {
			t.Errorf("%s: %s, in the other order %s", key, form, b.facts[key])
		}
	}
}

// One cause gives one change.
func TestOneChange(t *testing.T) {
	base := []string{"PROFILE P", " OPTION ACCT", "USER A SECRET12 1M 1M G", " INCLUDE P", " MDISK 191 3390 1 5 V1 MR", "USER B NOLOG 1M 1M G"}
	before := mustRun(t, asserted, text(base...))
	for _, c := range []struct {
		line int
		to   string
		want string
	}{
		{2, "USER A WD5JU8QP 1M 1M G", "zvm/user/A/password_class"},
		{2, "USER A SECRET12 1M 1M BG", "zvm/user/A/class"},
		{4, " MDISK 191 3390 1 5 V1 MR READ WRITE MULT", "zvm/user/A/mdisk/0191/password"},
		{4, " MDISK 191 3390 1 5 V1 M", "zvm/user/A/mdisk/0191/mode"},
		{1, " OPTION ACCT LNKN", "zvm/user/A/option"}, // the profile's own key is derived
		{5, "USER B LBYONLY 1M 1M G", "zvm/user/B/password_class"},
	} {
		lines := append([]string{}, base...)
		lines[c.line] = c.to
		after := mustRun(t, asserted, text(lines...))
		var changed []string
		for key, form := range after.facts {
			if before.facts[key] != form && collect.Keys().Class(collect.Key(key)) == collect.Setting {
				changed = append(changed, key)
			}
		}
		if len(changed) != 1 || changed[0] != c.want || len(after.facts) < len(before.facts) {
			t.Errorf("%s: changed %v, want %s only", c.to, changed, c.want)
		}
	}
}
