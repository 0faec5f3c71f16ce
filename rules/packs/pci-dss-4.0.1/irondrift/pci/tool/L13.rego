# METADATA
# title: The evaluation ran every night
# custom:
#   id: L13
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["10.4.1.1", "10.7.2"]
#   entity: tool/evidence/<source>
#   keys:
#     required: ["exists", "missing_nights"]
#   remediation: "Look at the job that takes the extract, and collect what can still be had"
#   limits: "It is a review of configuration, not of logs."
package irondrift.pci.L13

deny contains "the store holds no evidence of this source" if input.entity.values.exists == false

warn contains msg if {
	missing := input.entity.values.missing_nights
	count(missing) > 0
	msg := sprintf("%d nights of the last thirty are missing, the newest is %s", [count(missing), max(missing)])
}
