# METADATA
# title: Passwords are changed at least every 90 days
# custom:
#   id: U15
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.9"]
#   entity: racf/setropts
#   keys:
#     required: ["INTERVAL"]
#     optional: ["PHRINT"]
#   facts:
#     optional: ["mfa_for_all"]
#   parameters:
#     max_days:
#       meaning: longest accepted interval in days
#       default: 90
#       min: 1
#       max: 90
#   remediation: "SETROPTS PASSWORD(INTERVAL(60) PHRASEINT(60))"
#   limits: "Users with NOINTERVAL escape the system-wide value; their settings are not in SETROPTS LIST. Older levels print no interval for phrases; the one for passwords holds there. A documented dynamic analysis of the account's posture is the alternative the standard allows."
package irondrift.pci.U15

interval := input.entity.values.INTERVAL

phrase := input.entity.values.PHRINT

mfa if input.facts.mfa_for_all == true

deny contains "no password interval is set" if {
	not mfa
	interval == 0
}

deny contains msg if {
	not mfa
	interval > input.parameters.max_days
	msg := sprintf("INTERVAL(%d): passwords must change within %d days", [interval, input.parameters.max_days])
}

deny contains msg if {
	not mfa
	phrase > input.parameters.max_days
	msg := sprintf("PHRASEINT(%d): phrases must change within %d days", [phrase, input.parameters.max_days])
}

not_applicable contains "the configuration states that every access uses more than one factor; keep the evidence for it" if mfa
