# METADATA
# title: Undefined terminals are closed
# custom:
#   id: H15
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: racf/setropts
#   keys:
#     required: ["CLASSACT"]
#     optional: ["TERMINAL"]
#   remediation: "SETROPTS TERMINAL(NONE)"
#   limits: "Network controls in front of the system are not visible."
package irondrift.pci.H15

active if "TERMINAL" in input.entity.values.CLASSACT

deny contains "TERMINAL(READ): terminals without a profile are open to everybody" if {
	active
	input.entity.values.TERMINAL == "READ"
}

warn contains "class TERMINAL is active, and the listing does not say what undefined terminals may do" if {
	active
	not input.entity.values.TERMINAL
}

not_applicable contains "class TERMINAL is not active" if not active
