# METADATA
# title: The last four passwords cannot be used again
# custom:
#   id: U13
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["8.3.7"]
#   entity: racf/setropts
#   keys:
#     required: ["HISTORY"]
#   parameters:
#     generations:
#       meaning: least number of generations kept
#       default: 4
#       min: 4
#       max: 32
#   remediation: "SETROPTS PASSWORD(HISTORY(24))"
#   limits: "An exit can add or remove restrictions; exits are not visible."
package irondrift.pci.U13

history := input.entity.values.HISTORY

deny contains "no password history is kept" if history == 0

deny contains msg if {
	history > 0
	history < input.parameters.generations
	msg := sprintf("HISTORY(%d): at least %d generations are needed", [history, input.parameters.generations])
}
