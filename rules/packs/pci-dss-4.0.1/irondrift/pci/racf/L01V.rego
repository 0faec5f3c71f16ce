# METADATA
# title: Changes to RACF profiles are logged
# custom:
#   id: L01V
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1"]
#   platforms: ["zvm"]
#   entity: racf/setropts
#   keys:
#     required: ["AUDIT"]
#   parameters:
#     classes:
#       meaning: classes that must be audited
#       default: ["GROUP", "USER"]
#       includes: ["GROUP", "USER"]
#   remediation: "RAC SETROPTS AUDIT(class)"
#   limits: "The auditing of single profiles, and the SMF files on the RACF server's disks, are not in SETROPTS LIST."
package irondrift.pci.L01V

deny contains msg if {
	some name in input.parameters.classes
	not name in input.entity.values.AUDIT
	msg := sprintf("class %s is not audited: changes to its profiles are not logged", [name])
}
