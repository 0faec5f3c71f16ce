# METADATA
# title: Every source is compared with its baseline at least weekly
# custom:
#   id: C01
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["11.5.2"]
#   entity: tool/comparison/<source>
#   keys:
#     required: ["done"]
#     optional: ["age_days", "possible_days"]
#   parameters:
#     max_days:
#       meaning: longest accepted time between two comparisons in days
#       default: 7
#       min: 1
#       max: 7
#   remediation: "Run irondrift run every night, and look at why it did not"
#   limits: "Which files are critical is the site's list, and that the alert reached somebody is shown by the receiver of alerts."
package irondrift.pci.C01

v := input.entity.values

due if v.possible_days > input.parameters.max_days

due if not v.possible_days

deny contains "was never compared with its baseline in a recorded run" if {
	v.done == false
	due
}

not_applicable contains "its baseline is new, and the first comparison with it is not due yet" if {
	v.done == false
	not due
}

deny contains msg if {
	v.done == true
	v.age_days > input.parameters.max_days
	msg := sprintf("last compared %d days ago; at most %d are allowed", [v.age_days, input.parameters.max_days])
}

warn contains "was compared, but it is not known when" if {
	v.done == true
	not v.age_days
}
