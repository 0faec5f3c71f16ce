package compose

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// SystemValue is one row of QSYS2.SYSTEM_VALUE_INFO. Text is the value as the
// system keeps it, padding included; with Numeric set it stands in the numeric
// column, and the character column is null.
type SystemValue struct {
	Name, Text string
	Numeric    bool
}

// Slots returns words as a system value keeps them: each at the start of a slot
// of a fixed width, so that a word as long as its slot touches the next.
func Slots(width int, words ...string) string {
	var b strings.Builder
	for _, w := range words {
		if len(w) > width {
			panic("compose: " + w + " is longer than its slot")
		}
		fmt.Fprintf(&b, "%-*s", width, w)
	}
	return b.String()
}

// SystemValueInfo returns rows as CPYTOIMPF writes them with SQL column names:
// the three columns that every release has, character fields quoted, null as
// nothing. Retrieve System Values documents widths and padding.
func SystemValueInfo(rows []SystemValue) []byte {
	var b bytes.Buffer
	b.WriteString(`"SYSTEM_VALUE_NAME","CURRENT_NUMERIC_VALUE","CURRENT_CHARACTER_VALUE"` + "\n")
	for _, r := range rows {
		if r.Numeric {
			fmt.Fprintf(&b, "%s,%s,\n", quoted(r.Name), r.Text)
		} else {
			fmt.Fprintf(&b, "%s,,%s\n", quoted(r.Name), quoted(r.Text))
		}
	}
	return b.Bytes()
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// UserProfile is one row of QSYS2.USER_INFO. Times are the wall clock of the
// system; the zero time is null.
type UserProfile struct {
	Name, Status, Class string
	Special             []string // special authorities
	Group               string   // "" for *NONE
	Supplemental        []string
	NoPassword          bool
	DefaultPassword     bool
	ExpirationInterval  int // 0 *SYSVAL, -1 *NOMAX
	SetToExpire         bool
	MaxSignon           string // "" for *SYSVAL
	LimitCapabilities   string
	InitialProgram      string // LIBRARY/NAME; "" for *NONE
	Text                string
	Audit               []string // USER_ACTION_AUDIT_LEVEL
	UID                 int
	InvalidSignons      int
	DaysUsed            int
	Created             time.Time
	Creator             string
	PasswordChanged     time.Time
	PreviousSignon      time.Time
	LastUsed            time.Time
}

// userInfo are the columns that UserInfo writes, in the order of the service.
var userInfo = []struct {
	name  string
	value func(*UserProfile) string // "" is null
	plain bool                      // a number: never quoted
}{
	{"AUTHORIZATION_NAME", func(p *UserProfile) string { return p.Name }, false},
	{"PREVIOUS_SIGNON", func(p *UserProfile) string { return stamp(p.PreviousSignon) }, false},
	{"SIGN_ON_ATTEMPTS_NOT_VALID", func(p *UserProfile) string { return strconv.Itoa(p.InvalidSignons) }, true},
	{"STATUS", func(p *UserProfile) string { return p.Status }, false},
	{"NETSERVER_DISABLED", constant("NO"), false},
	{"PASSWORD_CHANGE_DATE", func(p *UserProfile) string { return stamp(p.PasswordChanged) }, false},
	{"NO_PASSWORD_INDICATOR", func(p *UserProfile) string { return yes(p.NoPassword) }, false},
	{"PASSWORD_LEVEL_0_1", constant("NO"), false},
	{"PASSWORD_LEVEL_2_3", func(p *UserProfile) string { return yes(!p.NoPassword) }, false},
	{"PASSWORD_EXPIRATION_INTERVAL", func(p *UserProfile) string { return strconv.Itoa(p.ExpirationInterval) }, true},
	{"SET_PASSWORD_TO_EXPIRE", func(p *UserProfile) string { return yes(p.SetToExpire) }, false},
	{"USER_CLASS_NAME", func(p *UserProfile) string { return p.Class }, false},
	{"SPECIAL_AUTHORITIES", func(p *UserProfile) string { return spaced(p.Special) }, false},
	{"GROUP_PROFILE_NAME", func(p *UserProfile) string { return orNone(p.Group) }, false},
	{"SUPPLEMENTAL_GROUP_COUNT", func(p *UserProfile) string { return strconv.Itoa(len(p.Supplemental)) }, true},
	{"SUPPLEMENTAL_GROUP_LIST", func(p *UserProfile) string { return spaced(p.Supplemental) }, false},
	{"OWNER", constant("*USRPRF"), false},
	{"LIMIT_CAPABILITIES", func(p *UserProfile) string { return p.LimitCapabilities }, false},
	{"INITIAL_PROGRAM_NAME", func(p *UserProfile) string { _, n := library(p.InitialProgram); return orNone(n) }, false},
	{"INITIAL_PROGRAM_LIBRARY_NAME", func(p *UserProfile) string { l, _ := library(p.InitialProgram); return l }, false},
	{"INITIAL_MENU_NAME", func(p *UserProfile) string {
		if p.InitialProgram != "" {
			return "*SIGNOFF"
		}
		return "MAIN"
	}, false},
	{"INITIAL_MENU_LIBRARY_NAME", func(p *UserProfile) string {
		if p.InitialProgram != "" {
			return ""
		}
		return "*LIBL"
	}, false},
	{"TEXT_DESCRIPTION", func(p *UserProfile) string { return p.Text }, false},
	{"DISPLAY_SIGNON_INFORMATION", constant("*SYSVAL"), false},
	{"LIMIT_DEVICE_SESSIONS", constant("*SYSVAL"), false},
	{"ATTENTION_KEY_HANDLING_PROGRAM_NAME", constant("*SYSVAL"), false},
	{"ATTENTION_KEY_HANDLING_PROGRAM_LIBRARY_NAME", constant(""), false},
	{"BLOCK_PASSWORD_CHANGE", constant("*SYSVAL"), false},
	{"CURRENT_LIBRARY_NAME", constant("*CRTDFT"), false},
	{"JOB_DESCRIPTION_NAME", constant("QDFTJOBD"), false},
	{"JOB_DESCRIPTION_LIBRARY_NAME", constant("QGPL"), false},
	{"GROUP_AUTHORITY", constant("*NONE"), false},
	{"GROUP_AUTHORITY_TYPE", constant("*PRIVATE"), false},
	{"GROUP_ID_NUMBER", constant("0"), true},
	{"SPECIAL_ENVIRONMENT", constant("*SYSVAL"), false},
	{"HOME_DIRECTORY", func(p *UserProfile) string { return "/home/" + p.Name }, false},
	{"PASE_SHELL_PATH", constant("*NONE"), false},
	{"DIGITAL_CERTIFICATE_INDICATOR", constant("NO"), false},
	{"LOCAL_PASSWORD_MANAGEMENT", constant("YES"), false},
	{"AUTHORITY_COLLECTION_ACTIVE", constant("NO"), false},
	{"OBJECT_AUDITING_VALUE", constant("*NONE"), false},
	{"USER_ACTION_AUDIT_LEVEL", func(p *UserProfile) string { return spaced(p.Audit) }, false},
	{"USER_ID_NUMBER", func(p *UserProfile) string { return strconv.Itoa(p.UID) }, true},
	{"USER_EXPIRATION_INTERVAL", constant("0"), true},
	{"USER_EXPIRATION_ACTION", constant("*NONE"), false},
	{"USER_DEFAULT_PASSWORD", func(p *UserProfile) string { return yes(p.DefaultPassword) }, false},
	{"USER_OWNER", func(p *UserProfile) string { return p.Creator }, false},
	{"USER_CREATOR", func(p *UserProfile) string { return p.Creator }, false},
	{"CREATION_TIMESTAMP", func(p *UserProfile) string { return stamp(p.Created) }, false},
	{"LAST_USED_TIMESTAMP", func(p *UserProfile) string { return stamp(p.LastUsed) }, false},
	{"DAYS_USED_COUNT", func(p *UserProfile) string { return strconv.Itoa(p.DaysUsed) }, true},
	{"MAXIMUM_SIGN_ON_ATTEMPTS", func(p *UserProfile) string {
		if p.MaxSignon == "" {
			return "*SYSVAL"
		}
		return p.MaxSignon
	}, false},
}

// constant is a column that is the same for every profile.
func constant(s string) func(*UserProfile) string { return func(*UserProfile) string { return s } }

// UserInfo returns profiles as CPYTOIMPF writes QSYS2.USER_INFO with SQL column
// names.
func UserInfo(profiles []UserProfile) []byte {
	var b bytes.Buffer
	for i, c := range userInfo {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quoted(c.name))
	}
	b.WriteByte('\n')
	for n := range profiles {
		for i, c := range userInfo {
			if i > 0 {
				b.WriteByte(',')
			}
			switch v := c.value(&profiles[n]); {
			case v == "":
			case c.plain:
				b.WriteString(v)
			default:
				b.WriteString(quoted(v))
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// spaced writes a list as the service does: ten characters and a blank each.
func spaced(words []string) string {
	var b strings.Builder
	for _, w := range words {
		fmt.Fprintf(&b, "%-10s ", w)
	}
	return b.String()
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(outfileTime)
}

func yes(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}

func orNone(s string) string {
	if s == "" {
		return "*NONE"
	}
	return s
}

func library(qualified string) (lib, name string) {
	lib, name, _ = strings.Cut(qualified, "/")
	return lib, name
}
