# METADATA
# title: The last four passwords are refused
# description: |
#   0 refuses none; 1 to 8 refuse the last 32, 24, 18, 12, 10, 8, 6 and 4.
# custom:
#   id: U13I
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["8.3.7"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QPWDRQDDIF"]
#   remediation: "CHGSYSVAL SYSVAL(QPWDRQDDIF) VALUE('1')"
#   limits: "An administrator who sets a password with CHGUSRPRF is not bound by it."
package irondrift.pci.U13I

v := input.entity.values

deny contains "QPWDRQDDIF is 0: previous passwords may be used again" if v.QPWDRQDDIF == 0

no_data contains msg if {
	not v.QPWDRQDDIF in {0, 1, 2, 3, 4, 5, 6, 7, 8}
	msg := sprintf("QPWDRQDDIF is %d, which is not one of 0 to 8", [v.QPWDRQDDIF])
}
