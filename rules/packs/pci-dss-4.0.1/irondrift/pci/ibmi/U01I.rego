# METADATA
# title: Profiles that IBM supplies are not used by people
# custom:
#   id: U01I
#   severity: high
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.2.1", "8.2.2"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["no_password", "status", "idle_days"]
#   facts:
#     required: ["supplied"]
#   parameters:
#     recent_days:
#       meaning: days since the last use from which on a profile counts as unused
#       default: 30
#       min: 1
#       max: 90
#   remediation: "Give administrators profiles of their own; keep the password of QSECOFR sealed"
#   limits: "Last use covers batch jobs as well as people, and is rounded down to 0, 15, 30, 45, 60, 75 or 90 days. Emergency use with a record is what the standard allows."
package irondrift.pci.U01I

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

warn contains "shipped by IBM and shared by nature, and it was used: find out by whom, and that the use was recorded" if {
	input.facts.supplied
	can_sign_on
	v.idle_days < input.parameters.recent_days
}

not_applicable contains "not a profile that IBM supplies" if not input.facts.supplied
