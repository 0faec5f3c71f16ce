# METADATA
# title: Directory passwords are changed in time
# custom:
#   id: U15V
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.9", "8.6.3"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class"]
#     optional: ["password_changed"]
#   no_data:
#     password_class: ["masked"]
#   facts:
#     optional: ["esm"]
#   parameters:
#     max_days:
#       meaning: days for which a password is valid at most
#       default: 90
#       min: 1
#       max: 90
#   taken: true
#   remediation: "Change the password, or make the userid LBYONLY, AUTOONLY or NOLOG"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. The day is what DirMaint noted in its *DVHOPT comment; what the field means is inferred."
package irondrift.pci.U15V

literal if input.entity.values.password_class in {"vendor-default", "equals-userid", "weak", "other"}

by_esm if lower(input.facts.esm) != "none"

age_days := (time.parse_rfc3339_ns(input.taken) - time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [input.entity.values.password_changed]))) / 86400000000000

warn contains msg if {
	literal
	not by_esm
	age_days > input.parameters.max_days
	msg := sprintf("the directory manager notes %s as the day of the last password change, more than %v days ago", [input.entity.values.password_changed, input.parameters.max_days])
}

no_data contains "the directory does not tell when the password was changed" if {
	literal
	not by_esm
	not input.entity.values.password_changed
}

not_applicable contains "it has no password of its own in the directory" if not literal

not_applicable contains "the security manager holds the passwords: U15 judges their age" if {
	literal
	by_esm
}
