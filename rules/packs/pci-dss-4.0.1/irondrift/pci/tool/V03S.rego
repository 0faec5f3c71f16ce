# METADATA
# title: Approvals of baselines are signed
# custom:
#   id: V03S
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["6.5.1"]
#   entity: tool/approval/<source>
#   keys:
#     required: ["unsigned"]
#   remediation: "This version records approvals unsigned: keep what proves who approved, such as the ticket that irondrift approve --ticket names"
#   limits: "A signature shows who approved, not that the change was tested."
package irondrift.pci.V03S

deny contains msg if {
	n := input.entity.values.unsigned
	n > 0
	msg := sprintf("%d applied approvals carry no signature", [n])
}
