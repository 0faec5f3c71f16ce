# METADATA
# title: Only administrators may give orders to the TCP/IP stack
# custom:
#   id: A03
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: zvm/tcpip
#   keys:
#     required: ["obey"]
#   facts:
#     optional: ["approved_obey"]
#   parameters:
#     administrators:
#       meaning: userids whose purpose it is
#       default: ["TCPMAINT"]
#   remediation: "Take the userid off OBEY in PROFILE TCPIP, or state it as fact approved_obey"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack."
package irondrift.pci.A03

known contains u if some u in input.parameters.administrators

known contains u if some u in input.facts.approved_obey

others := {u | some u in input.entity.values.obey} - known

deny contains msg if {
	input.facts.approved_obey
	count(others) > 0
	msg := sprintf("%s may change the stack (OBEY) without approval", [concat(", ", sort(others))])
}

warn contains msg if {
	not input.facts.approved_obey
	count(others) > 0
	msg := sprintf("%s may change the stack (OBEY), and the site states no approved list", [concat(", ", sort(others))])
}
