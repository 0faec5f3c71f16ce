package ibmi

import (
	"fmt"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// This file says what each column of QSYS2.USER_INFO becomes. Every key is
// recorded for every profile: where the extract has no such column, which older
// releases and USER_INFO_BASIC lack, the value is unknown.

// userField is one key of a profile.
type userField struct {
	column string
	key    string
	read   func(text string, raw string) collect.Value
	// null is the value of SQL NULL; absent means that it is unknown.
	null collect.Value
	// hidden is the reason why a NULL is unknown, where there is a special one.
	hidden string
	// beside is a column that holds the library of the object.
	beside string
}

// What NULL stands for in columns of names and of lists.
var (
	noName  = collect.Text("*NONE")
	noWords = collect.Set()
)

// userFields are the settings of a profile, in the order of the keys.
var userFields = []userField{
	{column: "USER_ACTION_AUDIT_LEVEL", key: "action_auditing", read: readWords, null: noWords},
	{column: "ATTENTION_KEY_HANDLING_PROGRAM_NAME", key: "attention_program", read: readText, null: noName, beside: "ATTENTION_KEY_HANDLING_PROGRAM_LIBRARY_NAME"},
	{column: "AUTHORITY_COLLECTION_ACTIVE", key: "authority_collection", read: readYesNo},
	{column: "BLOCK_PASSWORD_CHANGE", key: "block_password_change", read: readText},
	{column: "CREATION_TIMESTAMP", key: "created", read: readTime},
	{column: "USER_CREATOR", key: "creator", read: readText},
	{column: "CURRENT_LIBRARY_NAME", key: "current_library", read: readText},
	{column: "USER_DEFAULT_PASSWORD", key: "default_password", read: readYesNo, hidden: "not visible: the collecting user lacks *ALLOBJ and *SECADM, or the extract is of USER_INFO_BASIC"},
	{column: "DIGITAL_CERTIFICATE_INDICATOR", key: "digital_certificate", read: readYesNo},
	{column: "DISPLAY_SIGNON_INFORMATION", key: "display_signon_information", read: readText},
	{column: "USER_EXPIRATION_ACTION", key: "expiration_action", read: readText},
	{column: "USER_EXPIRATION_INTERVAL", key: "expiration_interval", read: readNumber},
	{column: "GROUP_ID_NUMBER", key: "gid", read: readNumber},
	{column: "GROUP_AUTHORITY", key: "group_authority", read: readText, null: noName},
	{column: "GROUP_AUTHORITY_TYPE", key: "group_authority_type", read: readText},
	{column: "GROUP_PROFILE_NAME", key: "group_profile", read: readText, null: noName},
	{column: "HOME_DIRECTORY", key: "home_directory", read: readText},
	{column: "INITIAL_MENU_NAME", key: "initial_menu", read: readText, beside: "INITIAL_MENU_LIBRARY_NAME"},
	{column: "INITIAL_PROGRAM_NAME", key: "initial_program", read: readText, null: noName, beside: "INITIAL_PROGRAM_LIBRARY_NAME"},
	{column: "JOB_DESCRIPTION_NAME", key: "job_description", read: readText, beside: "JOB_DESCRIPTION_LIBRARY_NAME"},
	{column: "LIMIT_CAPABILITIES", key: "limit_capabilities", read: readText},
	{column: "LIMIT_DEVICE_SESSIONS", key: "limit_device_sessions", read: readText},
	{column: "LOCAL_PASSWORD_MANAGEMENT", key: "local_password_management", read: readYesNo},
	{column: "MAXIMUM_SIGN_ON_ATTEMPTS", key: "maximum_signon_attempts", read: readText},
	{column: "NETSERVER_DISABLED", key: "netserver_disabled", read: readYesNo},
	{column: "NO_PASSWORD_INDICATOR", key: "no_password", read: readYesNo},
	{column: "OBJECT_AUDITING_VALUE", key: "object_auditing", read: readText, null: noName},
	{column: "OWNER", key: "owner", read: readText},
	{column: "PASE_SHELL_PATH", key: "pase_shell", read: readText},
	{column: "SET_PASSWORD_TO_EXPIRE", key: "password_expired", read: readYesNo},
	{column: "PASSWORD_EXPIRATION_INTERVAL", key: "password_expiry_interval", read: readInterval},
	{column: "PASSWORD_LEVEL_0_1", key: "password_level_0_1", read: readYesNo},
	{column: "PASSWORD_LEVEL_2_3", key: "password_level_2_3", read: readYesNo},
	{column: "USER_OWNER", key: "profile_owner", read: readText},
	{column: "SPECIAL_AUTHORITIES", key: "special_authorities", read: readWords, null: noWords},
	{column: "SPECIAL_ENVIRONMENT", key: "special_environment", read: readText},
	{column: "STATUS", key: "status", read: readText},
	{column: "SUPPLEMENTAL_GROUP_LIST", key: "supplemental_groups", read: readWords, null: noWords},
	{column: "TEXT_DESCRIPTION", key: "text", read: readText, null: collect.Text("")},
	{column: "TOTP_INTERVAL", key: "totp_interval", read: readText},
	{column: "TOTP_KEY_EXISTS", key: "totp_key_exists", read: readYesNo},
	{column: "USER_ID_NUMBER", key: "uid", read: readNumber},
	{column: "USE_EXIT_PROGRAM_AUTHENTICATION", key: "use_exit_program_authentication", read: readText},
	{column: "USE_TOTP_AUTHENTICATION", key: "use_totp_authentication", read: readText},
	{column: "USER_CLASS_NAME", key: "user_class", read: readText},
}

// userMetrics are values that move without anyone changing the profile.
var userMetrics = []userField{
	{column: "DAYS_USED_COUNT", key: "days_used", read: readNumber},
	{column: "SIGN_ON_ATTEMPTS_NOT_VALID", key: "invalid_signons", read: readNumber},
	{column: "LAST_USED_TIMESTAMP", key: "last_used", read: readTime},
	{column: "PASSWORD_CHANGE_DATE", key: "password_changed", read: readTime},
	{column: "PREVIOUS_SIGNON", key: "previous_signon", read: readTime},
	{column: "TOTP_KEY_LAST_CHANGED", key: "totp_key_changed", read: readTime},
}

// userAliases are system column names that are public.
var userAliases = map[string]string{
	"AUTHORIZATION_NAME":           "USER_NAME",
	"PREVIOUS_SIGNON":              "PRVSIGNON",
	"SIGN_ON_ATTEMPTS_NOT_VALID":   "SIGNONINV",
	"NETSERVER_DISABLED":           "NETSERVER",
	"PASSWORD_CHANGE_DATE":         "PWDCHGDAT",
	"NO_PASSWORD_INDICATOR":        "NOPWD",
	"PASSWORD_EXPIRATION_INTERVAL": "PWDEXPITV",
	"DATE_PASSWORD_EXPIRES":        "PWDEXPDAT",
	"SET_PASSWORD_TO_EXPIRE":       "PWDEXP",
	"USER_DEFAULT_PASSWORD":        "DFTPWD",
	"LAST_USED_TIMESTAMP":          "LASTUSED",
	"MAXIMUM_SIGN_ON_ATTEMPTS":     "MAXSIGN",
}

// userOpaque are columns that are known and say nothing about security.
var userOpaque = strings.Fields(`DATE_PASSWORD_EXPIRES DAYS_UNTIL_PASSWORD_EXPIRES SUPPLEMENTAL_GROUP_COUNT LOCALE_PATH_NAME SIZE
	LAST_RESET_TIMESTAMP AUTHORITY_COLLECTION_REPOSITORY_EXISTS TOTP_REMAINING_MINUTES ASSISTANCE_LEVEL KEYBOARD_BUFFERING
	MAXIMUM_ALLOWED_STORAGE STORAGE_USED HIGHEST_SCHEDULING_PRIORITY ACCOUNTING_CODE MESSAGE_QUEUE_NAME MESSAGE_QUEUE_LIBRARY_NAME
	MESSAGE_QUEUE_DELIVERY_METHOD MESSAGE_QUEUE_SEVERITY OUTPUT_QUEUE_NAME OUTPUT_QUEUE_LIBRARY_NAME PRINT_DEVICE LANGUAGE_ID
	COUNTRY_OR_REGION_ID CHARACTER_CODE_SET_ID USER_OPTIONS SORT_SEQUENCE_TABLE_NAME SORT_SEQUENCE_TABLE_LIBRARY_NAME
	LOCALE_JOB_ATTRIBUTES GROUP_MEMBER_INDICATOR CHARACTER_IDENTIFIER_CONTROL USER_ENTITLEMENT_REQUIRED`)

// userNames are all columns that the source knows.
var userNames = func() sqlNames {
	names := sqlNames{"AUTHORIZATION_NAME": nil}
	for _, f := range append(userFields[:len(userFields):len(userFields)], userMetrics...) {
		names[f.column] = nil
		if f.beside != "" {
			names[f.beside] = nil
		}
	}
	for _, column := range userOpaque {
		names[column] = nil
	}
	for column, alias := range userAliases {
		names[column] = []string{alias}
	}
	return names
}()

// value returns what the current row says about a field.
func (f *userField) value(r *sqlReader) collect.Value {
	c, ok := r.cell(f.column)
	switch {
	case !ok:
		return collect.Unknown("the extract has no column " + f.column)
	case c.null() && !f.null.IsAbsent():
		return f.null
	case c.null() && f.hidden != "":
		return collect.Unknown(f.hidden)
	case c.null():
		return collect.Unknown("null in the extract")
	}
	text := c.trimmed()
	if f.beside != "" {
		library := r.value(f.beside)
		if library != "" && !strings.HasPrefix(text, "*") {
			return collect.Text(library + "/" + text)
		}
	}
	return f.read(text, c.text)
}

func readText(text, _ string) collect.Value { return collect.Text(text) }

func readYesNo(text, _ string) collect.Value { return yesNo(text) }

func readNumber(text, _ string) collect.Value {
	if text == "*NONE" || text == "*NOMAX" {
		return collect.Number(0) // a group id, an interval
	}
	return wholeNumber(text)
}

// readWords splits lists such as special authorities: ten characters for each,
// with or without a blank between them.
func readWords(_, raw string) collect.Value {
	words := slotWords(raw, 10)
	if len(words) == 1 && words[0] == "*NONE" {
		return noWords
	}
	return collect.Set(words...)
}

// readInterval reads the days until a password expires: the service writes 0 for
// *SYSVAL and -1 for *NOMAX.
func readInterval(text, _ string) collect.Value {
	if i := strings.IndexAny(text, ".,"); i > 0 && zeroFraction([]byte(text[i:])) {
		text = text[:i] // a spreadsheet's number
	}
	switch withoutZeros(text) {
	case "0":
		return collect.Text("*SYSVAL")
	case "-1":
		return collect.Text("*NOMAX")
	}
	return collect.Text(withoutZeros(text))
}

// readTime reads the system's wall clock. No zone comes with it.
func readTime(text, _ string) collect.Value {
	t, ok := wallClock(text)
	if !ok {
		return collect.Unknown(fmt.Sprintf("shown as %q, which is not a time in ISO form", shorten(text)))
	}
	return collect.LocalTime(t)
}

// wallClock reads a timestamp, or a date alone, as if it were in UTC.
func wallClock(text string) (time.Time, bool) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t, true
	}
	var c clock
	micros, ok := c.parse([]byte(text))
	return time.UnixMicro(micros).UTC(), ok
}

// ageSteps are the figures that an age in days is rounded down to. Rules need to
// know how old something is; a figure that moved every night would make every
// night differ from the one before.
var ageSteps = []int64{0, 15, 30, 45, 60, 75, 90, 120, 150, 180, 270, 365, 730}

// age returns the whole days between two readings of the wall clock, rounded
// down to a step.
func age(since, now time.Time) collect.Value {
	days := int64(now.Sub(since) / (24 * time.Hour))
	step := int64(0)
	for _, s := range ageSteps {
		if days >= s {
			step = s
		}
	}
	return collect.Number(step)
}
