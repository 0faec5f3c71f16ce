# METADATA
# title: An external security manager guards the system
# custom:
#   id: A08
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.3.1"]
#   entity: zvm/directory
#   keys:
#     required: ["iucv/rpi/users"]
#     optional: ["/racf/setropts/CLASSACT"]
#   facts:
#     optional: ["esm"]
#   remediation: "Install and enable a security manager (RACF, VM:Secure, ACF2, Top Secret) and state it as fact esm of the system"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. That one is installed does not show what it protects."
package irondrift.pci.A08

esm := lower(input.facts.esm)

connects := input.entity.values["iucv/rpi/users"]

listed if input.entity.values["racf/setropts/CLASSACT"]

deny contains "the configuration states that there is no security manager: everybody who may log on is limited by the directory alone" if esm == "none"

warn contains msg if {
	esm != "none"
	count(connects) == 0
	not listed
	msg := sprintf("the configuration states %s, but no userid of the directory may act as security manager (IUCV *RPI)", [esm])
}

warn contains msg if {
	not input.facts.esm
	not listed
	count(connects) > 0
	msg := sprintf("%s may act as security manager (IUCV *RPI); state which product it is as fact esm", [concat(", ", sort(connects))])
}

warn contains "nothing shows a security manager: no fact esm, no listing of one, no userid with IUCV *RPI" if {
	not input.facts.esm
	not listed
	count(connects) == 0
}
