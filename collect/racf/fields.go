package racf

import "github.com/irondrift/irondrift/collect"

// prefix is where all keys of this package live.
const prefix = collect.Key("racf/setropts")

// kind is the kind of value a field has.
type kind uint8

const (
	flag kind = iota
	number
	text
	classes
)

// none is the word for what is not set; it is not RACF's own.
const none = "none"

// field is one option.
type field struct {
	name string
	kind kind
	// line is its place in SETROPTS LIST, see [lastLine]; 0 when the listing
	// does not print it.
	line int
	// audit: shown to users with auditing authority only.
	audit bool
	// unset: extracts leave the field out, or flag it N, when it is not set.
	// Fields without it always have a value, so if one is missing its value is
	// not known.
	unset bool
	// sear is its name in the JSON of the sear library, without "base:".
	sear string
}

// notSet is the value of a field of this kind that is not set.
func (f *field) notSet() collect.Value {
	switch f.kind {
	case flag:
		return collect.Bool(false)
	case number:
		return collect.Number(0)
	case classes:
		return collect.Set()
	}
	return collect.Text(none)
}

// fields are all options, in the order of the listing and then of the names.
var fields = []*field{
	{name: "INITSTAT", kind: flag, line: 1, sear: "record_user_verification_statistics"},
	{name: "WHENPROG", kind: flag, line: 1, sear: "program_control"},
	{name: "WHENPROG_MODE", kind: text, line: 1},
	{name: "TERMINAL", kind: text, line: 1, sear: "terminal_universal_access"},
	{name: "SAUDIT", kind: flag, line: 1, audit: true, sear: "log_commands_issued_by_special_users"},
	{name: "CMDVIOL", kind: flag, line: 1, audit: true, sear: "log_racf_command_violations"},
	{name: "OPERAUDT", kind: flag, line: 1, audit: true, sear: "log_operator_actions"},
	{name: "CLASSTAT", kind: classes, line: 2, unset: true, sear: "statistics_classes"},
	{name: "AUDIT", kind: classes, line: 3, audit: true, unset: true, sear: "audit_classes"},
	{name: "CLASSACT", kind: classes, line: 4, unset: true, sear: "active_classes"},
	{name: "GENERIC", kind: classes, line: 5, unset: true, sear: "generic_profile_checking_classes"},
	{name: "GENCMD", kind: classes, line: 6, unset: true, sear: "generic_command_classes"},
	{name: "GENLIST", kind: classes, line: 7, unset: true, sear: "generic_profile_sharing_classes"},
	{name: "GLOBAL", kind: classes, line: 8, unset: true, sear: "global_access_classes"},
	{name: "RACLIST", kind: classes, line: 9, unset: true, sear: "raclist"},
	{name: "RACLIST_ONLY", kind: classes, line: 10},
	{name: "LOGALWYS", kind: classes, line: 11, audit: true, unset: true, sear: "audit_log_always_classes"},
	{name: "LOGNEVER", kind: classes, line: 12, audit: true, unset: true, sear: "audit_log_never_classes"},
	{name: "LOGSUCC", kind: classes, line: 13, audit: true, unset: true, sear: "audit_log_success_classes"},
	{name: "LOGFAIL", kind: classes, line: 14, audit: true, unset: true, sear: "audit_log_failure_classes"},
	{name: "LOGDEFLT", kind: classes, line: 15, audit: true, unset: true, sear: "audit_log_default_classes"},
	{name: "ADSP", kind: flag, line: 16, sear: "automatic_dataset_protection"},
	{name: "EGN", kind: flag, line: 17, sear: "enhanced_generic_naming"},
	{name: "REALDSN", kind: flag, line: 18, sear: "log_real_dataset_name"},
	{name: "JESBATCH", kind: flag, line: 19, sear: "jes_batch"},
	{name: "JESXBM", kind: flag, line: 20, sear: "jes_execution_batch_monitoring"},
	{name: "JESEARLY", kind: flag, line: 21, sear: "jes_early_verification"},
	{name: "PROTALL", kind: text, line: 22, unset: true, sear: "protect_all_datasets"},
	{name: "TAPEDSN", kind: flag, line: 23, sear: "tape_dataset_protection"},
	{name: "RETPD", kind: number, line: 24, sear: "tape_dataset_security_retention_period"},
	{name: "ERASE", kind: flag, line: 25, sear: "erase_datasets_on_delete"},
	{name: "ERASEALL", kind: flag, line: 25, sear: "erase_datasets_on_delete_all"},
	{name: "ERASESEC", kind: text, line: 25, unset: true, sear: "erase_datasets_on_delete_security_level"},
	{name: "PREFIX", kind: text, line: 26, unset: true, sear: "dataset_single_level_name_prefix_protection"},
	{name: "GRPLIST", kind: flag, line: 27, sear: "list_of_groups_access_checking"},
	{name: "INACTIVE", kind: number, line: 28, unset: true, sear: "revoke_inactive_userids_interval"},
	{name: "MODGDG", kind: flag, line: 29, sear: "profile_modelling_generation_data_group"},
	{name: "MODUSER", kind: flag, line: 29, sear: "profile_modelling_user"},
	{name: "MODGROUP", kind: flag, line: 29, sear: "profile_modelling_group"},
	{name: "PWDALG", kind: text, line: 31, sear: "password_encryption_algorithm"},
	{name: "INTERVAL", kind: number, line: 32, sear: "max_password_change_interval"},
	{name: "PHRINT", kind: number, line: 33, unset: true, sear: "passphrase_change_interval"},
	{name: "MINCHANG", kind: number, line: 34, sear: "min_password_change_interval"},
	{name: "MIXDCASE", kind: flag, line: 35, sear: "mixed_case_password_support"},
	{name: "PWDSPEC", kind: flag, line: 36, sear: "special_character_password_support"},
	{name: "HISTORY", kind: number, line: 37, unset: true, sear: "password_history"},
	{name: "REVOKE", kind: number, line: 38, unset: true, sear: "max_incorrect_password_attempts"},
	{name: "WARNING", kind: number, line: 39, unset: true, sear: "password_expiration_warning"},
	{name: "RULES", kind: flag, line: 40, sear: "password_rules"},
	{name: "RULE1", kind: text, line: 40, unset: true, sear: "password_rule_1"},
	{name: "RULE2", kind: text, line: 40, unset: true, sear: "password_rule_2"},
	{name: "RULE3", kind: text, line: 40, unset: true, sear: "password_rule_3"},
	{name: "RULE4", kind: text, line: 40, unset: true, sear: "password_rule_4"},
	{name: "RULE5", kind: text, line: 40, unset: true, sear: "password_rule_5"},
	{name: "RULE6", kind: text, line: 40, unset: true, sear: "password_rule_6"},
	{name: "RULE7", kind: text, line: 40, unset: true, sear: "password_rule_7"},
	{name: "RULE8", kind: text, line: 40, unset: true, sear: "password_rule_8"},
	{name: "RVARSWPW", kind: text, line: 42, sear: "rvary_switch_password"},
	{name: "RVARSTPW", kind: text, line: 43, sear: "rvary_status_password"},
	{name: "SLEVAUDT", kind: text, line: 44, audit: true, unset: true, sear: "security_level_auditing"},
	{name: "SLABAUDT", kind: flag, line: 45, audit: true, sear: "security_label_auditing"},
	{name: "SECLABCT", kind: flag, line: 46, sear: "security_label_control"},
	{name: "GENOWNER", kind: flag, line: 47, sear: "generic_owner"},
	{name: "COMPMODE", kind: flag, line: 48, sear: "security_label_compatibility_mode"},
	{name: "MLQUIET", kind: flag, line: 49, sear: "multi_level_security_logon"},
	{name: "MLSTABLE", kind: flag, line: 50, sear: "multi_level_security_label_alteration"},
	{name: "MLS", kind: text, line: 51, unset: true, sear: "multi_level_security_declassification"},
	{name: "MLACTIVE", kind: text, line: 52, unset: true, sear: "multi_level_security_address_space"},
	{name: "CATDSNS", kind: text, line: 53, unset: true, sear: "uncataloged_dataset_access"},
	{name: "JESNJE", kind: text, line: 54, sear: "jes_network_user"},
	{name: "JESUNDEF", kind: text, line: 55, sear: "jes_undefined_user"},
	{name: "SESSINT", kind: number, line: 56, unset: true, sear: "max_session_key_interval"},
	{name: "APPLAUDT", kind: flag, line: 57, audit: true, sear: "application_logon_auditing"},
	{name: "ADDCREAT", kind: flag, line: 58, sear: "add_creator_to_access_list"},
	{name: "KERBLVL", kind: number, line: 59, sear: "kerberos_encryption_level"},
	{name: "MLFS", kind: text, line: 60, sear: "multi_level_security_file_system"},
	{name: "MLIPC", kind: text, line: 61, sear: "multi_level_security_interprocess"},
	{name: "MLNAMES", kind: flag, line: 62, sear: "multi_level_security_file_names"},
	{name: "SLBYSYS", kind: flag, line: 63, sear: "security_label_system"},
	{name: "PRIMLANG", kind: text, line: 64, sear: "primary_language"},
	{name: "SECLANG", kind: text, line: 65, sear: "secondary_language"},
	{name: "RVARSTFM", kind: text, sear: "rvary_status_password_format"},
	{name: "RVARSWFM", kind: text, sear: "rvary_switch_password_format"},
}

// lastLine is the place of SECONDARY LANGUAGE DEFAULT, with which a listing
// ends. Places count the options in the order in which every listing we know
// prints them: 1 is ATTRIBUTES, 4 ACTIVE CLASSES, 30 the heading PASSWORD
// PROCESSING OPTIONS.
const lastLine = 65

// levelLines are the places of lines that only some levels of RACF print: the
// algorithm, the interval of phrases, special characters, and the obsolete
// Kerberos level. 41 is free: rules and their legend share 40.
var levelLines = map[int]bool{31: true, 33: true, 36: true, 41: true, 59: true}

// auditLines are the places of lines that are printed to an auditor only.
var auditLines = map[int]bool{3: true, 11: true, 12: true, 13: true, 14: true, 15: true, 44: true, 45: true, 57: true}

var (
	fieldByName = index(func(f *field) string { return f.name })
	fieldBySear = index(func(f *field) string { return f.sear })
)

func index(name func(*field) string) map[string]*field {
	m := make(map[string]*field, len(fields))
	for _, f := range fields {
		if name(f) != "" {
			m[name(f)] = f
		}
	}
	return m
}

// lineName names a line in messages by the first option it tells.
func lineName(place int) string {
	for _, f := range fields {
		if f.line == place {
			return f.name
		}
	}
	return "the heading of the password options"
}
