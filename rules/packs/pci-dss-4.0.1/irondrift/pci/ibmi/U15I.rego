# METADATA
# title: Passwords are changed at least every 90 days
# custom:
#   id: U15I
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.9"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QPWDEXPITV"]
#   facts:
#     optional: ["mfa_for_all"]
#   parameters:
#     max_days:
#       meaning: longest accepted interval in days
#       default: 90
#       min: 1
#       max: 90
#   remediation: "CHGSYSVAL SYSVAL(QPWDEXPITV) VALUE('90')"
#   limits: "Profiles with an interval of their own escape it (check U15U). A documented dynamic analysis of the account's posture is the alternative the standard allows."
package irondrift.pci.U15I

v := input.entity.values

mfa if input.facts.mfa_for_all == true

deny contains "QPWDEXPITV is *NOMAX: passwords never expire" if {
	not mfa
	v.QPWDEXPITV == "*NOMAX"
}

deny contains msg if {
	not mfa
	regex.match(`^[0-9]+$`, v.QPWDEXPITV)
	to_number(v.QPWDEXPITV) > input.parameters.max_days
	msg := sprintf("QPWDEXPITV is %s: passwords must change within %d days", [v.QPWDEXPITV, input.parameters.max_days])
}

no_data contains msg if {
	not mfa
	not regex.match(`^([1-9][0-9]*|\*NOMAX)$`, v.QPWDEXPITV)
	msg := sprintf("QPWDEXPITV is %q, which is neither a number nor *NOMAX", [v.QPWDEXPITV])
}

not_applicable contains "the configuration states that every access uses more than one factor; keep the evidence for it" if mfa
