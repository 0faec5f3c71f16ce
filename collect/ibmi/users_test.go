package ibmi

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// userExample is example (e) of the reference.
const userExample = `AUTHORIZATION_NAME,STATUS,SPECIAL_AUTHORITIES,USER_CLASS_NAME,NO_PASSWORD_INDICATOR,PASSWORD_EXPIRATION_INTERVAL,PREVIOUS_SIGNON,USER_DEFAULT_PASSWORD
BATCHUSR,*ENABLED,"*JOBCTL    *SAVSYS    ",*USER,YES,0,,NO
`

func TestUserExample(t *testing.T) {
	r := collectWith(t, Users(), collect.Options{System: "PRDA"}, userExample)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/user/BATCHUSR/status":                   "*ENABLED",
		"ibmi/user/BATCHUSR/special_authorities":      `["*JOBCTL","*SAVSYS"]`,
		"ibmi/user/BATCHUSR/user_class":               "*USER",
		"ibmi/user/BATCHUSR/no_password":              "true",
		"ibmi/user/BATCHUSR/password_expiry_interval": "*SYSVAL",
		"ibmi/user/BATCHUSR/default_password":         "false",
		"ibmi/user/BATCHUSR/limit_capabilities":       "?the extract has no column LIMIT_CAPABILITIES",
		"ibmi/user/BATCHUSR/idle_days":                "?the time of the extract is not known: it has no capture header",
		"ibmi/users/count":                            "?the extract is incomplete: profiles that every system has are missing (QDFTOWN, QSECOFR, QSPL, QSYS): the extract is a selection, or its user may not see them",
	})
	if _, ok := r.values["ibmi/user/BATCHUSR/previous_signon"]; ok {
		t.Error("a profile that never signed on has a last sign-on")
	}
	if c := r.header.CoverageOf("ibmi/user/X/status"); c.State != collect.Partial {
		t.Errorf("a selection of profiles has coverage %+v", c)
	}
}

// userList is a small but whole list, composed: the profiles that every system
// has, and two people.
const userColumns = "AUTHORIZATION_NAME,PREVIOUS_SIGNON,SIGN_ON_ATTEMPTS_NOT_VALID,STATUS,PASSWORD_CHANGE_DATE,NO_PASSWORD_INDICATOR,PASSWORD_EXPIRATION_INTERVAL,SET_PASSWORD_TO_EXPIRE,USER_CLASS_NAME,SPECIAL_AUTHORITIES,GROUP_PROFILE_NAME,OWNER,LIMIT_CAPABILITIES,INITIAL_PROGRAM_NAME,INITIAL_PROGRAM_LIBRARY_NAME,INITIAL_MENU_NAME,INITIAL_MENU_LIBRARY_NAME,SUPPLEMENTAL_GROUP_COUNT,SUPPLEMENTAL_GROUP_LIST,TEXT_DESCRIPTION,USER_ACTION_AUDIT_LEVEL,USER_ID_NUMBER,USER_DEFAULT_PASSWORD,USER_OWNER,CREATION_TIMESTAMP,LAST_USED_TIMESTAMP\n"

const userList = userColumns +
	`ALICE,2026-11-17 16:20:00.000000,2,*ENABLED,2026-08-01-09.00.00.000000,NO,-1,NO,*SECOFR,"*ALLOBJ    *SECADM    *AUDIT     ",GRPADM,*GRPPRF,*NO,*NONE,,MAIN,*LIBL,2,"GRPDBA    GRPOPS    ","Alice ""A."", admin","*CMD      *CREATE   ",101,NO,QSECOFR,2019-02-03-10.00.00.000000,2026-11-18-01.00.00.000000
BOB,,0,*DISABLED,,NO,90,YES,*USER,,*NONE,*USRPRF,*YES,STRAPP,APPLIB,*SIGNOFF,,0,,,,102,YES,QSECOFR,2026-01-10-10.00.00.000000,
QDFTOWN,,0,*ENABLED,,YES,0,NO,*USER,,*NONE,*USRPRF,*NO,*NONE,,MAIN,*LIBL,0,,"Default owner",,103,NO,QSYS,2015-01-01-00.00.00.000000,
QSECOFR,2026-06-01 08:00:00,0,*ENABLED,2026-11-01-09.00.00.000000,NO,0,NO,*SECOFR,"*ALLOBJ    *SECADM    *JOBCTL    *SPLCTL    *SAVSYS    *SERVICE   *AUDIT     *IOSYSCFG  ",*NONE,*USRPRF,*NO,*NONE,,MAIN,*LIBL,0,,"Security officer",,1,NO,QSYS,2015-01-01-00.00.00.000000,2026-06-01-08.00.00.000000
QSPL,,0,*ENABLED,,YES,0,NO,*USER,,*NONE,*USRPRF,*NO,*NONE,,MAIN,*LIBL,0,,,,5,NO,QSYS,2015-01-01-00.00.00.000000,
QSYS,,0,*ENABLED,,YES,0,NO,*SECOFR,"*ALLOBJ    *SECADM    ",*NONE,*USRPRF,*NO,*NONE,,MAIN,*LIBL,0,,,,2,NO,QSYS,2015-01-01-00.00.00.000000,
`

func TestUsers(t *testing.T) {
	r := collectWith(t, Users(), collect.Options{System: "PRDA"}, captured(userList))
	wantForms(t, r, map[collect.Key]string{
		"ibmi/user/ALICE/status":                    "*ENABLED",
		"ibmi/user/ALICE/special_authorities":       `["*ALLOBJ","*AUDIT","*SECADM"]`,
		"ibmi/user/ALICE/password_expiry_interval":  "*NOMAX",
		"ibmi/user/ALICE/group_profile":             "GRPADM",
		"ibmi/user/ALICE/supplemental_groups":       `["GRPDBA","GRPOPS"]`,
		"ibmi/user/ALICE/group_profiles":            `["GRPADM","GRPDBA","GRPOPS"]`,
		"ibmi/user/ALICE/initial_program":           "*NONE",
		"ibmi/user/ALICE/initial_menu":              "*LIBL/MAIN",
		"ibmi/user/ALICE/text":                      `Alice "A.", admin`,
		"ibmi/user/ALICE/action_auditing":           `["*CMD","*CREATE"]`,
		"ibmi/user/ALICE/uid":                       "101",
		"ibmi/user/ALICE/owner":                     "*GRPPRF",
		"ibmi/user/ALICE/profile_owner":             "QSECOFR",
		"ibmi/user/ALICE/created":                   "2019-02-03T10:00:00",
		"ibmi/user/ALICE/invalid_signons":           "2",
		"ibmi/user/ALICE/previous_signon":           "2026-11-17T16:20:00",
		"ibmi/user/ALICE/last_used":                 "2026-11-18T01:00:00",
		"ibmi/user/ALICE/password_changed":          "2026-08-01T09:00:00",
		"ibmi/user/ALICE/idle_days":                 "0",
		"ibmi/user/ALICE/password_age_days":         "90", // 108 days, rounded down
		"ibmi/user/BOB/special_authorities":         "[]",
		"ibmi/user/BOB/group_profiles":              "[]",
		"ibmi/user/BOB/initial_program":             "APPLIB/STRAPP",
		"ibmi/user/BOB/initial_menu":                "*SIGNOFF",
		"ibmi/user/BOB/password_expiry_interval":    `"90"`,
		"ibmi/user/BOB/password_expired":            "true",
		"ibmi/user/BOB/default_password":            "true",
		"ibmi/user/BOB/text":                        `""`,
		"ibmi/user/BOB/idle_days":                   "270", // never used, created 311 whole days ago
		"ibmi/user/BOB/password_age_days":           "?null in the extract",
		"ibmi/user/QSECOFR/idle_days":               "150", // 169
		"ibmi/users/count":                          "6",
		"ibmi/users/enabled/count":                  "5",
		"ibmi/users/disabled/count":                 "1",
		"ibmi/users/default_password/count":         "1",
		"ibmi/users/no_password/count":              "3",
		"ibmi/users/password_expired/count":         "1",
		"ibmi/users/password_never_expires/count":   "1",
		"ibmi/users/special_authority/ALLOBJ/count": "3",
		"ibmi/users/special_authority/SPLCTL/count": "1",
	})
	if c := r.header.CoverageOf("ibmi/user/X/status"); c.State != collect.Complete {
		t.Errorf("coverage %+v", c)
	}
	for _, key := range []collect.Key{"password_changed", "previous_signon", "last_used", "invalid_signons"} {
		if c := collect.Keys().Class(collect.NewKey("ibmi", "user", "ALICE", string(key))); c != collect.Metric {
			t.Errorf("%s is %s: routine use of the system would be drift", key, c)
		}
	}
}

// The facts of a night on which nobody changed a profile do not differ, however
// much it was used.
func TestUsersUnchangedNight(t *testing.T) {
	next := strings.NewReplacer("2026-11-17 16:20:00", "2026-11-18 17:00:00", "2026-11-18-01.00.00", "2026-11-19-01.00.00", ",2,*ENABLED", ",0,*ENABLED").Replace(userList)
	a := collectWith(t, Users(), collect.Options{System: "PRDA"}, captured(userList))
	b := collectWith(t, Users(), collect.Options{System: "PRDA"}, strings.Replace(captured(next), "2026-11-18T02", "2026-11-19T02", 1))
	if a.header.Content != b.header.Content {
		for key, v := range a.values {
			if w := b.values[key]; v.Compare(w) != 0 && collect.Keys().Class(key) != collect.Metric {
				t.Errorf("%s: %s, the next night %s", key, v, w)
			}
		}
		t.Error("content digests differ")
	}
}

func TestUsersCoverage(t *testing.T) {
	blind := strings.NewReplacer(",NO,QS", ",,QS", ",YES,QS", ",,QS").Replace(userList)
	for _, tt := range []struct {
		name, in string
		state    collect.State
		through  collect.Key
		count    string
	}{
		{"proven", captured(userList), collect.Complete, "", "6"},
		{"not proven", userList, collect.Open, "ibmi/user/QSYS", "6"},
		{"not all visible", captured(blind), collect.Open, "", "6"},
		{"QSECOFR missing", captured(strings.Replace(userList, "\nQSECOFR", "\nXSECOFR", 1)), collect.Partial, "", "?"},
		{"a row too short", captured(userList + "EVE,1\n"), collect.Partial, "", "?"},
		{"cut in the last row", strings.TrimRight(userList, "\n,"), collect.Partial, "", "?"},
	} {
		r := collectWith(t, Users(), collect.Options{System: "PRDA"}, tt.in)
		c := r.header.CoverageOf("ibmi/user/X/status")
		if c.State != tt.state || c.Through != tt.through || (c.Reason == "") != (c.State == collect.Complete) {
			t.Errorf("%s: coverage %+v, want %s through %q", tt.name, c, tt.state, tt.through)
		}
		if v := r.values["ibmi/users/count"]; !strings.HasPrefix(v.String(), tt.count) {
			t.Errorf("%s: count %s, want %s", tt.name, v, tt.count)
		}
	}
	// The profile that may be cut is named.
	last := collectWith(t, Users(), collect.Options{System: "PRDA"}, strings.TrimSuffix(userList, "\n"))
	if c := last.header.CoverageOf("ibmi/user/QSYS/status"); c.Prefix != "ibmi/user/QSYS" || c.State != collect.Partial {
		t.Errorf("the last row has no line end, coverage %+v", c)
	}
	r := collectWith(t, Users(), collect.Options{System: "PRDA"}, captured(blind))
	if v := r.values["ibmi/user/BOB/default_password"]; !strings.HasPrefix(v.Raw(), "not visible") {
		t.Errorf("default_password of BOB is %s", v)
	}
	if v := r.values["ibmi/users/default_password/count"]; !v.IsUnknown() {
		t.Errorf("count of default passwords is %s", v)
	}
}

// A row that became a blank line on the way is a profile that is not known, not
// one that was removed; blank lines behind every row are a layout.
func TestUsersBlankLines(t *testing.T) {
	lines := strings.SplitAfter(userList, "\n")
	state := func(text string) collect.Coverage {
		r := collectWith(t, Users(), collect.Options{System: "PRDA"}, captured(text))
		return r.header.CoverageOf("ibmi/user/BOB/status")
	}
	for what, text := range map[string]string{
		"none": userList, "at the end": userList + "\n\n", "behind every line": strings.ReplaceAll(userList, "\n", "\n\n"),
		"in front": "\n" + userList, "behind the names": lines[0] + "\n" + strings.Join(lines[1:], ""),
	} {
		if c := state(text); c.State != collect.Complete {
			t.Errorf("blank lines %s: %+v", what, c)
		}
	}
	lost := lines[0] + lines[1] + "\n" + strings.Join(lines[3:], "")
	if c := state(lost); c.State != collect.Partial || !strings.Contains(c.Reason, "in 1 places, the first on line 7") {
		t.Errorf("a row that is blank: %+v", c)
	}
	for _, name := range []string{"BO<B", "B\x00B", "BO\xffB", "B,B", "=BOB"} {
		if c := state(strings.Replace(userList, "\nBOB,", "\n\""+name+"\",", 1)); c.State != collect.Partial {
			t.Errorf("profile %q: %+v", name, c)
		}
	}
	for _, name := range []string{"B_$#@1", "BÖB", "B§B"} {
		if c := state(strings.Replace(userList, "\nBOB,", "\n"+name+",", 1)); c.State != collect.Complete {
			t.Errorf("profile %q: %+v", name, c)
		}
	}
}

func TestAge(t *testing.T) {
	now := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		days, seconds int
		want          string
	}{{0, 0, "0"}, {-3, 0, "0"}, {14, 0, "0"}, {15, 0, "15"}, {89, 86399, "75"}, {90, 0, "90"}, {119, 0, "90"}, {120, 0, "120"}, {5000, 0, "730"}} {
		since := now.AddDate(0, 0, -tt.days).Add(-time.Duration(tt.seconds) * time.Second)
		if got := age(since, now).String(); got != tt.want {
			t.Errorf("%d days: got %s, want %s", tt.days, got, tt.want)
		}
	}
}

// A stray quote costs the row it stands in, not those behind it.
func TestStrayQuote(t *testing.T) {
	in := "AUTHORIZATION_NAME,STATUS,TEXT_DESCRIPTION\nA,*ENABLED,\"never closed\nB,*ENABLED,b\nC,*DISABLED,\"c \"\"c\"\"\nc\"\nD,*ENABLED,d\"d\n"
	r := collectWith(t, Users(), collect.Options{System: "PRDA"}, in)
	wantForms(t, r, map[collect.Key]string{
		"ibmi/user/B/text":   "b",
		"ibmi/user/C/text":   `"c \"c\"\nc"`,
		"ibmi/user/C/status": "*DISABLED",
		"ibmi/user/D/text":   `d"d`,
	})
	if _, ok := r.values["ibmi/user/A/status"]; ok || r.header.Counts.Used != 3 || r.header.Counts.Ignored["row cannot be read: quote not closed"] != 1 {
		t.Errorf("counts %+v", r.header.Counts)
	}
	if at := r.origin["ibmi/user/D/status"].At; at.Pos != 6 {
		t.Errorf("D was read on line %d", at.Pos)
	}
}

// EBCDIC puts letters before digits.
func TestInOrder(t *testing.T) {
	for _, tt := range []struct {
		names string
		want  bool
	}{
		{"A AB A1 B", true}, {"A A1 AB B", true}, {"B A", false}, {"A1 AB A2", false}, {"$A A", true}, {"#A @A A 1", true},
	} {
		if got := inOrder(strings.Fields(tt.names)); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.names, got, tt.want)
		}
	}
}

func TestUsersTwoRows(t *testing.T) {
	opts := collect.Options{System: "PRDA", Captured: time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)}
	r := collectWith(t, Users(), opts, userList, userList)
	if c := r.header.Counts; c.Used != 6 || c.Duplicate != 6 || c.Read != 14 {
		t.Errorf("counts %+v", c)
	}
	_, err := tryCollect(t, Users(), opts, userList, strings.Replace(userList, "BOB,,0,*DISABLED", "BOB,,0,*ENABLED", 1))
	if err == nil || !strings.Contains(err.Error(), "profile BOB differs from the one at extract0:3") {
		t.Errorf("error %v", err)
	}
}

func TestUsersConformance(t *testing.T) {
	rows := strings.SplitAfter(userList, "\n")
	backwards := rows[0] + rows[6] + rows[5] + rows[4] + rows[3] + rows[2] + rows[1]
	split := strings.Replace(userList, "Default owner", "Default\nowner", 1)
	sourcetest.Run(t, sourcetest.Suite{
		Source:  Users(),
		Options: collect.Options{System: "PRDA"},
		Inputs: map[string][]byte{
			"capture":       []byte(captured(userList)),
			"capture, CRLF": []byte(strings.ReplaceAll(captured(userList), "\n", "\r\n")),
			"capture, tabs": utf16le(captured(tabbed(userList))),
			"view":          []byte(userList),
			"backwards":     []byte(backwards),
			"CR":            []byte(strings.ReplaceAll(userList, "\n", "\r")),
			"two lines":     []byte(split),
			"example":       []byte(userExample),
			"system names":  []byte("user_name;STATUS;prvsignon\r\nQSYS;\"*ENABLED \";2026-01-01T00:00:00\r\n"),
			"hostile":       []byte("AUTHORIZATION_NAME,STATUS,TEXT_DESCRIPTION\n/~\x01\xFF,*ENABLED,\"=cmd|' /C calc'!A0\u202e\"\nA,,\x00\n"),
		},
		SameAs: map[string]string{"capture, CRLF": "capture", "capture, tabs": "capture", "backwards": "view"},
		Damaged: map[string]sourcetest.Damage{
			"no rows":       {Data: []byte(userColumns), Is: collect.ErrDamaged},
			"system values": {Data: []byte(valueInfo), Is: collect.ErrNotRecognised},
		},
	})
}

// tabbed replaces the delimiters of a list in which only quoted text holds commas.
func tabbed(list string) string {
	var b strings.Builder
	quoted := false
	for _, c := range list {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			c = '\t'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// FuzzUsers: any bytes are accounted for, errors carry advice, and a cut extract
// loses nothing under complete coverage.
func FuzzUsers(f *testing.F) {
	for _, seed := range []string{userList, captured(userList), userExample, "AUTHORIZATION_NAME;STATUS;X\r\"A\n\";*ENABLED;\rQ;;", "USER_NAME\tSTATUS\tPRVSIGNON\nA\t\t2026-02-30 24:00:00\n"} {
		f.Add([]byte(seed), uint16(len(seed)/2))
	}
	f.Fuzz(func(t *testing.T, in []byte, at uint16) { fuzzSource(t, Users(), in, int(at)) })
}

// BenchmarkUsers reads a list of 20,000 profiles.
func BenchmarkUsers(b *testing.B) {
	var in bytes.Buffer
	in.WriteString(userList)
	row := strings.SplitAfter(userList, "\n")[1]
	for i := range 20_000 {
		in.WriteString(strings.Replace(row, "ALICE", fmt.Sprintf("U%07d", i), 1))
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		opts := collect.Options{System: "BENCH"}
		parts, err := collect.Run(b.Context(), Users(), []*collect.File{collect.BytesFile("users.csv", in.Bytes())}, &opts)
		if err != nil {
			b.Fatal(err)
		}
		parts[0].Close()
	}
}
