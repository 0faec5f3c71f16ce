# METADATA
# title: Failed sign-on attempts revoke the user
# description: |
#   The standard allows at most ten tries. RACF revokes on the attempt after the
#   number given, so REVOKE(10) lets an eleventh attempt through. A revoke lasts
#   until an administrator resumes the user, so the thirty minutes are met.
# custom:
#   id: U11
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["8.3.4"]
#   entity: racf/setropts
#   keys:
#     required: ["REVOKE", "INITSTAT"]
#   parameters:
#     max_attempts:
#       meaning: highest REVOKE value that is accepted
#       default: 9
#       min: 1
#       max: 10
#   remediation: "SETROPTS PASSWORD(REVOKE(5)) INITSTATS"
#   limits: "Applies to RACF passwords and phrases; other sign-on paths such as MFA back ends or applications with their own users keep their own counters."
package irondrift.pci.U11

revoke := input.entity.values.REVOKE

deny contains "REVOKE is not set: no number of failed attempts revokes a user" if revoke == 0

deny contains msg if {
	revoke > 10
	msg := sprintf("REVOKE(%d): the standard allows at most 10 attempts", [revoke])
}

deny contains msg if {
	revoke > input.parameters.max_attempts
	input.parameters.max_attempts < 9
	msg := sprintf("REVOKE(%d) is above the site's limit of %d", [revoke, input.parameters.max_attempts])
}

warn contains "REVOKE(10) revokes on the eleventh failed attempt; the standard allows ten" if {
	revoke == 10
	input.parameters.max_attempts >= 9
}

deny contains "INITSTATS is off, so failed attempts are not counted" if input.entity.values.INITSTAT == false
