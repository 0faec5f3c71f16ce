# METADATA
# title: The resource classes that guard z/VM are active
# custom:
#   id: A07V
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.3.1"]
#   platforms: ["zvm"]
#   entity: racf/setropts
#   keys:
#     required: ["CLASSACT"]
#   parameters:
#     classes:
#       meaning: classes that must be active; VMMDISK belongs to them where RACF controls links
#       default: ["VMCMD", "VMDEV"]
#       includes: ["VMCMD"]
#   remediation: "RAC SETROPTS CLASSACT(class)"
#   limits: "An active class without profiles protects little; profiles are not in SETROPTS LIST."
package irondrift.pci.A07V

deny contains msg if {
	some name in input.parameters.classes
	not name in input.entity.values.CLASSACT
	msg := sprintf("class %s is not active: what it guards is left to CP", [name])
}
