# METADATA
# title: New services and peers are reviewed for the scope
# custom:
#   id: G06
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["12.5.2"]
#   platforms: ["zos", "ibmi"]
#   entity: tool/*/<source=zert-smf|ibmi-sk>
#   keys:
#     required: ["drift/unapproved", "baseline/age_days"]
#   parameters:
#     max_days:
#       meaning: longest accepted time in days since the baseline was last approved, which stands for the yearly confirmation of the scope
#       default: 365
#       min: 1
#       max: 366
#   remediation: "Look at the new services and peers in the comparison with the baseline, decide whether they belong to the scope, and approve them with that decision as the reason"
#   limits: "An approval shows that somebody looked at the change, not that the scope was thought about: the confirmation of the scope is a document."
package irondrift.pci.G06

v := input.entity.values

warn contains msg if {
	v["drift/unapproved"] > 0
	msg := sprintf("%d changes of services or peers since the baseline were approved by nobody", [v["drift/unapproved"]])
}

warn contains msg if {
	v["baseline/age_days"] > input.parameters.max_days
	msg := sprintf("the baseline was approved %d days ago: within %d days the scope must have been confirmed again", [v["baseline/age_days"], input.parameters.max_days])
}
