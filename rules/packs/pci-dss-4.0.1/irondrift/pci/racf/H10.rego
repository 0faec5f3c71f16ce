# METADATA
# title: Deleted data sets are erased
# custom:
#   id: H10
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.6", "3.2.1"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["ERASE", "ERASEALL"]
#   remediation: "SETROPTS ERASE(ALL)"
#   limits: "How long data is kept before it is deleted is not visible."
package irondrift.pci.H10

deny contains "ERASE is off: deleted data sets stay readable on disk" if input.entity.values.ERASE == false

warn contains "ERASE is on for some data sets only: record the reason" if {
	input.entity.values.ERASE == true
	input.entity.values.ERASEALL == false
}
