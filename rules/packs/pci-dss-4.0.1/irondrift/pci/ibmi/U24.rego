# METADATA
# title: No profile has a laxer limit of sign-on attempts
# custom:
#   id: U24
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.4"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["status", "no_password"]
#     optional: ["maximum_signon_attempts"]
#   parameters:
#     max_attempts:
#       meaning: highest number of attempts that is accepted
#       default: 10
#       min: 1
#       max: 10
#   remediation: "CHGUSRPRF USRPRF(name) MAXSIGN(*SYSVAL)"
#   limits: "Releases without the attribute have no column for it; QMAXSIGN (check U11I) then holds for everybody. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.U24

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

deny contains "no number of failed attempts disables it (*NOMAX)" if {
	can_sign_on
	v.maximum_signon_attempts == "*NOMAX"
}

deny contains msg if {
	can_sign_on
	regex.match(`^[0-9]+$`, v.maximum_signon_attempts)
	to_number(v.maximum_signon_attempts) > input.parameters.max_attempts
	msg := sprintf("%s attempts before it is disabled: at most %d are accepted", [v.maximum_signon_attempts, input.parameters.max_attempts])
}

no_data contains "the extract does not show whether the profile has a limit of its own" if {
	can_sign_on
	not v.maximum_signon_attempts
}

not_applicable contains "nobody can sign on to it with a password" if not can_sign_on
