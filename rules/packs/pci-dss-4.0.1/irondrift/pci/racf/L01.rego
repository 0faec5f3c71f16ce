# METADATA
# title: Changes to users, groups and profiles are logged
# custom:
#   id: L01
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1", "10.2.1.5", "10.2.1.7"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["AUDIT"]
#   parameters:
#     classes:
#       meaning: classes whose profile changes must be logged
#       default: ["DATASET", "GROUP", "USER"]
#       includes: ["DATASET", "GROUP", "USER"]
#   remediation: "SETROPTS AUDIT(USER GROUP DATASET)"
#   limits: "Shows that RACF writes the records, not that SMF keeps them. Audit options show only to a user with auditing authority."
package irondrift.pci.L01

deny contains msg if {
	some name in input.parameters.classes
	not name in input.entity.values.AUDIT
	msg := sprintf("class %s is not in the AUDIT list", [name])
}
