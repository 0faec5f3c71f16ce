# METADATA
# title: Cryptographic keys and services are protected by active classes
# custom:
#   id: D03
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["3.6.1", "3.7.7"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["CLASSACT", "RACLIST"]
#   remediation: "SETROPTS CLASSACT(CSFKEYS CSFSERV) RACLIST(CSFKEYS CSFSERV)"
#   limits: "Key labels, keys and the profiles of the classes are out of reach."
package irondrift.pci.D03

warn contains msg if {
	some name in ["CSFKEYS", "CSFSERV"]
	not name in input.entity.values.CLASSACT
	msg := sprintf("class %s is not active: access to ICSF is not controlled by RACF", [name])
}

warn contains msg if {
	some name in ["CSFKEYS", "CSFSERV"]
	name in input.entity.values.CLASSACT
	not name in input.entity.values.RACLIST
	msg := sprintf("class %s is active but not RACLISTed", [name])
}
