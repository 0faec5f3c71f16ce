# METADATA
# title: Nobody can log on without a password
# custom:
#   id: U07
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["8.3.1"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class"]
#   no_data:
#     password_class: ["masked"]
#   remediation: "Replace NOPASS on the USER statement by a password, LBYONLY, AUTOONLY or NOLOG"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Other factors than the directory password are not visible."
package irondrift.pci.U07

deny contains "NOPASS: anybody can log on to it without a password" if input.entity.values.password_class == "nopass"
