# METADATA
# title: Unused profiles are disabled within 90 days
# custom:
#   id: U04I
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["8.2.6"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["status", "no_password", "idle_days"]
#   parameters:
#     max_days:
#       meaning: days without use after which a profile must be disabled
#       default: 90
#       min: 15
#       max: 90
#   remediation: "CHGUSRPRF USRPRF(name) STATUS(*DISABLED), or ANZPRFACT INACDAYS(90) to have it done"
#   limits: "Last use counts sign-on and other use, and is rounded down to 0, 15, 30, 45, 60, 75, 90, 120 days and more: a limit in between is judged at the next step below it as REVIEW. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.U04I

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

deny contains msg if {
	can_sign_on
	v.idle_days >= input.parameters.max_days
	msg := sprintf("enabled, and not used for %d days or more", [v.idle_days])
}

# Days are known by steps of at most 15 below 90.
warn contains msg if {
	can_sign_on
	v.idle_days < input.parameters.max_days
	v.idle_days + 15 > input.parameters.max_days
	v.idle_days >= 15
	input.parameters.max_days % 15 != 0
	msg := sprintf("enabled, and not used for at least %d days, perhaps for more than %d", [v.idle_days, input.parameters.max_days])
}

not_applicable contains "has no password: nobody can sign on to it" if {
	v.status == "*ENABLED"
	v.no_password
}
