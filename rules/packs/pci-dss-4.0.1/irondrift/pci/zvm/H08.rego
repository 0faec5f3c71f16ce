# METADATA
# title: Only named service machines may connect to any user by IUCV
# custom:
#   id: H08
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.4"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["iucv"]
#     optional: ["on/<member>/iucv"]
#   only:
#     iucv: ["ANY", "ALLOW", "*RPI"]
#   remediation: "Name the partners on IUCV statements; for a service machine that needs ANY or ALLOW add an allow-list entry with the reason"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. It shows who may connect, not who does."
package irondrift.pci.H08

iucv contains w if some w in input.entity.values.iucv

iucv contains w if {
	some list in input.entity.values["on/<member>/iucv"]
	some w in list
}

deny contains "IUCV ANY: it may connect to every virtual machine" if "ANY" in iucv

deny contains "IUCV ALLOW: every virtual machine may connect to it" if "ALLOW" in iucv

deny contains "IUCV *RPI: it may act as security manager to CP" if "*RPI" in iucv
