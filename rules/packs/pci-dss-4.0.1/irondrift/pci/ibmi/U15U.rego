# METADATA
# title: No profile escapes the expiry of passwords
# custom:
#   id: U15U
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.9"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["status", "no_password", "password_expiry_interval"]
#   facts:
#     optional: ["mfa_for_all"]
#   parameters:
#     max_days:
#       meaning: longest accepted interval in days
#       default: 90
#       min: 1
#       max: 90
#   remediation: "CHGUSRPRF USRPRF(name) PWDEXPITV(*SYSVAL)"
#   limits: "*SYSVAL is judged by check U15I. Passwords of system and application accounts are under 8.6.3: accept them with a reason in the allow list. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.U15U

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

mfa if input.facts.mfa_for_all == true

deny contains "the password never expires (*NOMAX)" if {
	can_sign_on
	not mfa
	v.password_expiry_interval == "*NOMAX"
}

deny contains msg if {
	can_sign_on
	not mfa
	regex.match(`^[0-9]+$`, v.password_expiry_interval)
	to_number(v.password_expiry_interval) > input.parameters.max_days
	msg := sprintf("the password expires after %s days: at most %d are accepted", [v.password_expiry_interval, input.parameters.max_days])
}

no_data contains msg if {
	can_sign_on
	not mfa
	not regex.match(`^([1-9][0-9]*|\*NOMAX|\*SYSVAL)$`, v.password_expiry_interval)
	msg := sprintf("the interval is %q, which is not understood", [v.password_expiry_interval])
}

not_applicable contains "nobody can sign on to it with a password" if not can_sign_on

not_applicable contains "the configuration states that every access uses more than one factor; keep the evidence for it" if mfa
