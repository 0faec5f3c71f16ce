# METADATA
# title: Unused users are disabled within 90 days
# custom:
#   id: U04
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.2.6"]
#   entity: racf/setropts
#   keys:
#     required: ["INACTIVE", "INITSTAT"]
#   parameters:
#     max_days:
#       meaning: longest accepted idle time in days
#       default: 90
#       min: 1
#       max: 90
#   remediation: "SETROPTS INACTIVE(90) INITSTATS"
#   limits: "RACF revokes an unused user at the next attempt to log on; until then a list of users shows it as enabled. On z/VM a new user who never logged on is not revoked."
package irondrift.pci.U04

inactive := input.entity.values.INACTIVE

deny contains "INACTIVE is not set: unused users stay enabled" if inactive == 0

deny contains msg if {
	inactive > input.parameters.max_days
	msg := sprintf("INACTIVE(%d): users must be disabled within %d days", [inactive, input.parameters.max_days])
}

deny contains "INITSTATS is off, so the last use is not recorded" if input.entity.values.INITSTAT == false
