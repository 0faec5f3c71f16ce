package ibmi

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
)

// This file reads QSYS2.SECURITY_INFO, one wide row. Most of its columns are
// system values under other names; they are recorded under the name of the
// system value. How the view spells values that the system keeps as a digit is
// not documented in what is public, so both digits and words are accepted, and
// a word in place of a number is unknown rather than guessed.

// securityColumns maps columns of the view to system values.
var securityColumns = map[string]string{
	"SECURITY_LEVEL":                     "QSECURITY",
	"PASSWORD_LEVEL":                     "QPWDLVL",
	"PASSWORD_CHANGE_BLOCK":              "QPWDCHGBLK",
	"PASSWORD_EXPIRATION_INTERVAL":       "QPWDEXPITV",
	"PASSWORD_EXPIRATION_WARNING":        "QPWDEXPWRN",
	"PASSWORD_MAXIMUM_LENGTH":            "QPWDMAXLEN",
	"PASSWORD_MINIMUM_LENGTH":            "QPWDMINLEN",
	"PASSWORD_REQUIRE_DIGIT":             "QPWDRQDDGT",
	"PASSWORD_DUPLICATION":               "QPWDRQDDIF",
	"PASSWORD_RULES":                     "QPWDRULES",
	"CREATE_PUBLIC_AUTHORITY":            "QCRTAUT",
	"CREATE_OBJECT_AUDITING":             "QCRTOBJAUD",
	"MAXIMUM_SIGNON_ATTEMPTS":            "QMAXSIGN",
	"MAXIMUM_SIGNON_ACTION":              "QMAXSGNACN",
	"VERIFY_OBJECT_RESTORE":              "QVFYOBJRST",
	"ALLOW_OBJECT_RESTORE":               "QALWOBJRST",
	"USE_ADOPTED_AUTHORITY":              "QUSEADPAUT",
	"ALLOW_USER_DOMAIN":                  "QALWUSRDMN",
	"LIMIT_SECOFR_ACCESS":                "QLMTSECOFR",
	"INACTIVE_JOB_TIMEOUT":               "QINACTITV",
	"INACTIVE_JOB_MESSAGE_QUEUE":         "QINACTMSGQ",
	"DISCONNECTED_JOB_INTERVAL":          "QDSCJOBITV",
	"AUTOCONFIGURE_DEVICES":              "QAUTOCFG",
	"AUTOCONFIGURE_REMOTE_CONTROLLERS":   "QAUTORMT",
	"AUDITING_CONTROL":                   "QAUDCTL",
	"AUDITING_LEVEL":                     "QAUDLVL",
	"AUDITING_LEVEL_EXTENSION":           "QAUDLVL2",
	"INACTIVE_JOB_MESSAGE_QUEUE_LIBRARY": "",
}

// securityAttributes are columns that are no system value, with the system
// column names that are known. An empty cell of a pending column says that
// nothing is pending.
var securityAttributes = sqlNames{
	"AUDIT_JOURNAL_EXISTS":                   {"QAUDJRN"},
	"PENDING_SECURITY_LEVEL":                 {"PENDSECLVL"},
	"PENDING_PASSWORD_LEVEL":                 {"PENDPWDLVL"},
	"AUDIT_JOURNAL_RECEIVER":                 nil,
	"AUDIT_JOURNAL_RECEIVER_LIBRARY":         nil,
	"OBJECT_AUTHORITY_COLLECTION_ACTIVE":     nil,
	"ALLOW_PASSWORD_EXIT_PROGRAM_ADD_REMOVE": nil,
	"ADDITIONAL_SIGNON_FACTOR":               nil,
	"PENDING_ADDITIONAL_SIGNON_FACTOR":       nil,
	"ALLOW_ADDITIONAL_SIGNON_FACTOR_CHANGE":  nil,
}

var securityInfoNames = sync.OnceValue(func() sqlNames {
	names := maps.Clone(securityAttributes)
	for column, value := range securityColumns {
		names[column] = nil
		if value != "" {
			names[column] = []string{value}
		}
	}
	names["SECURITY_LEVEL"] = append(names["SECURITY_LEVEL"], "SECLVL")
	names["PASSWORD_LEVEL"] = append(names["PASSWORD_LEVEL"], "PWDLVL")
	return names
})

// readSecurityInfo reads the one row of the view.
func (s *sysvals) readSecurityInfo(ctx context.Context, f *collect.File, opts *collect.Options) (ending, error) {
	r, err := openSQL(ctx, f, opts, s.rec, securityInfoNames())
	if err != nil {
		return ending{}, err
	}
	for r.next() {
		s.rec.Used(1)
		for _, column := range slices.Sorted(maps.Keys(r.at)) {
			key, v := securityValue(column, r)
			if key != "" {
				s.add(key, reading{value: v, at: r.text.at, form: formSecurityInfo, file: f.Index()})
			}
		}
		for _, column := range r.unknown {
			i := slices.Index(r.names, column)
			key := securityPrefix.Join(string(columnName([]byte(column))))
			if c := r.cells[i]; column != "" && plausibleColumn(column) {
				s.add(key, reading{value: collect.Text(c.trimmed()), at: r.text.at, form: formSecurityInfo, file: f.Index()})
			}
		}
	}
	return r.finish(opts)
}

// plausibleColumn reports whether a name can be that of a column.
func plausibleColumn(name string) bool {
	return len(name) <= 128 && strings.Trim(strings.ToUpper(name), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ") == ""
}

// securityValue returns the key and value of a column of the current row. A
// column that belongs to another one has no key.
func securityValue(column string, r *sqlReader) (collect.Key, collect.Value) {
	c, _ := r.cell(column)
	name, isValue := securityColumns[column]
	switch {
	case isValue && name == "":
		return "", collect.Value{}
	case isValue && c.null():
		return sysvalPrefix.Join(name), collect.Unknown("null in QSYS2.SECURITY_INFO: not visible to the collecting user, or not known on this release")
	case isValue:
		return sysvalPrefix.Join(name), securitySysval(name, c.text, r)
	}
	key := securityPrefix.Join(column)
	text := c.trimmed()
	switch {
	case column == "AUDIT_JOURNAL_RECEIVER_LIBRARY":
		return "", collect.Value{}
	case strings.HasPrefix(column, "PENDING_") && c.null():
		return key, collect.Text("none")
	case c.null():
		return key, collect.Unknown("null in QSYS2.SECURITY_INFO: not visible to the collecting user, or not known on this release")
	case column == "AUDIT_JOURNAL_RECEIVER":
		if library := r.value("AUDIT_JOURNAL_RECEIVER_LIBRARY"); library != "" {
			text = library + "/" + text
		}
	case collect.Keys().Type(key) == collect.TypeBool:
		return key, yesNo(text)
	}
	return key, collect.Text(withoutZeros(text))
}

// securitySysval returns the value of a system value as the view shows it.
func securitySysval(name, raw string, r *sqlReader) collect.Value {
	text := strings.TrimSpace(raw)
	if name == "QINACTMSGQ" {
		if library := r.value("INACTIVE_JOB_MESSAGE_QUEUE_LIBRARY"); library != "" {
			return collect.Text(library + "/" + text)
		}
	}
	if strings.HasPrefix(text, "-") {
		return collect.Unknown("QSYS2.SECURITY_INFO shows " + shorten(text) + ", which may stand for a word")
	}
	if name == "QPWDRQDDIF" {
		return refusedPasswords(text)
	}
	if collect.Keys().Type(sysvalPrefix.Join(name)) == collect.TypeNumber {
		switch strings.ToUpper(text) {
		case "YES", "*YES":
			return collect.Number(1)
		case "NO", "*NO":
			return collect.Number(0)
		}
	}
	return sysvalValue(name, raw)
}

// refusedPasswords returns QPWDRQDDIF, which stores a code for the number of
// previous passwords that are refused. Whether the view shows the code or the
// number is not known; most figures can only be one of them.
func refusedPasswords(text string) collect.Value {
	switch withoutZeros(text) {
	case "0", "1", "2", "3", "5", "7":
		return wholeNumber(text)
	case "32":
		return collect.Number(1)
	case "24":
		return collect.Number(2)
	case "18":
		return collect.Number(3)
	case "12":
		return collect.Number(4)
	case "10":
		return collect.Number(5)
	}
	return collect.Unknown("QSYS2.SECURITY_INFO shows " + shorten(text) + ", which may be the code or the number of passwords")
}

// yesNo returns the boolean that a service writes as YES or NO.
func yesNo(text string) collect.Value {
	switch strings.ToUpper(strings.TrimPrefix(text, "*")) {
	case "YES":
		return collect.Bool(true)
	case "NO":
		return collect.Bool(false)
	case "":
		return collect.Unknown("the extract holds no value")
	}
	return collect.Unknown("shown as " + shorten(text) + ", which is neither YES nor NO")
}
