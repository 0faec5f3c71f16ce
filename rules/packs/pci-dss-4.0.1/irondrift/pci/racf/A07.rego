# METADATA
# title: The resource classes the site relies on are active
# custom:
#   id: A07
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.3.1"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["CLASSACT"]
#   parameters:
#     classes:
#       meaning: classes that must be active
#       default: ["DATASET", "FACILITY", "OPERCMDS", "SERVAUTH", "STARTED", "SURROGAT", "TSOAUTH", "UNIXPRIV"]
#       includes: ["DATASET"]
#   remediation: "SETROPTS CLASSACT(class) RACLIST(class)"
#   limits: "An active class without profiles protects little; profiles are not in SETROPTS LIST."
package irondrift.pci.A07

deny contains msg if {
	some name in input.parameters.classes
	not name in input.entity.values.CLASSACT
	msg := sprintf("class %s is not active: its resources are not protected", [name])
}
