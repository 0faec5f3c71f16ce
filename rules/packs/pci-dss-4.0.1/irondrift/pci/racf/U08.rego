# METADATA
# title: Stored passwords are encrypted with KDFAES
# custom:
#   id: U08
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.2"]
#   entity: racf/setropts
#   keys:
#     required: ["PWDALG"]
#   remediation: "SETROPTS PASSWORD(ALGORITHM(KDFAES)), then let every user change the password"
#   limits: "A stored password keeps its old form until it is changed, which shows per user only."
package irondrift.pci.U08

deny contains msg if {
	input.entity.values.PWDALG != "KDFAES"
	msg := sprintf("the password algorithm is %s", [input.entity.values.PWDALG])
}
