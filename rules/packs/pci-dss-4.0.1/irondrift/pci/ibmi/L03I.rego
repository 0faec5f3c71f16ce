# METADATA
# title: Access to objects can be audited
# custom:
#   id: L03I
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.1"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUDCTL"]
#     optional: ["QCRTOBJAUD"]
#   remediation: "Add *OBJAUD to QAUDCTL, CHGOBJAUD on the files that hold card data, and CHGSYSVAL SYSVAL(QCRTOBJAUD) VALUE('*CHANGE')"
#   limits: "Which objects are audited is in each object (CHGOBJAUD), not in these values."
package irondrift.pci.L03I

v := input.entity.values

deny contains "QAUDCTL does not hold *OBJAUD: no access to an object is logged" if not "*OBJAUD" in v.QAUDCTL

warn contains "QCRTOBJAUD is *NONE: new objects are not audited until somebody says so" if {
	"*OBJAUD" in v.QAUDCTL
	v.QCRTOBJAUD == "*NONE"
}
