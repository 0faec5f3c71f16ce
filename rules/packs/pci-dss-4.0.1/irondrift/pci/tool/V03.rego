# METADATA
# title: Changes are approved
# custom:
#   id: V03
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["6.5.1"]
#   entity: tool/drift/<source>
#   keys:
#     required: ["unapproved"]
#   remediation: "Approve each change with its ticket, or undo it"
#   limits: "Reason, approver and test result are in the change record. Without a comparison with the baseline it is NO_DATA. Detected drift stays a matter of judgement until the site's grace period is over."
package irondrift.pci.V03

warn contains msg if {
	n := input.entity.values.unapproved
	n > 0
	msg := sprintf("%d changes since the baseline have no approval: find the change record of each", [n])
}
