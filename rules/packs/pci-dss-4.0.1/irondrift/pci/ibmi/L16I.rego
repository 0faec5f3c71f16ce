# METADATA
# title: A failure of auditing is noticed
# custom:
#   id: L16I
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["10.7.2"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUDENDACN"]
#   remediation: "Have CPI2283 and CPI2284 in QSYSOPR or QSYSMSG watched, or CHGSYSVAL SYSVAL(QAUDENDACN) VALUE('*PWRDWNSYS')"
#   limits: "Whether somebody watches the message is not in the value; *PWRDWNSYS ends the system when an entry cannot be written."
package irondrift.pci.L16I

warn contains "QAUDENDACN is *NOTIFY: the system goes on unaudited after a message; confirm that the message reaches somebody" if input.entity.values.QAUDENDACN == "*NOTIFY"

warn contains msg if {
	action := input.entity.values.QAUDENDACN
	not action in ["*NOTIFY", "*PWRDWNSYS"]
	msg := sprintf("QAUDENDACN is %s, which is no value that is known", [action])
}
