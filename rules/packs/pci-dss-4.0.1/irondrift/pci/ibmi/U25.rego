# METADATA
# title: First passwords do not lie about
# custom:
#   id: U25
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.5"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["status", "no_password", "password_expired"]
#     optional: ["password_age_days"]
#   parameters:
#     max_days:
#       meaning: days after which an expired password that nobody changed counts as forgotten
#       default: 30
#       min: 1
#       max: 90
#   remediation: "CHGUSRPRF USRPRF(name) STATUS(*DISABLED), or USREXPITV on new profiles"
#   limits: "An expired password is one that an administrator set, for a new user or after a reset; whether it was unique is not visible. Ages are rounded down to steps of 15 days. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.U25

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

warn contains msg if {
	can_sign_on
	v.password_expired
	v.password_age_days >= input.parameters.max_days
	msg := sprintf("the password was set to expired and waits for its first use since %d days or more", [v.password_age_days])
}

no_data contains "the password is set to expired, and since when is not known" if {
	can_sign_on
	v.password_expired
	not is_number(object.get(v, "password_age_days", null))
}

not_applicable contains "nobody can sign on to it with a password" if not can_sign_on
