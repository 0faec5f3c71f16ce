# METADATA
# title: The source directory holds no usable password in clear text
# custom:
#   id: U09
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.2"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class"]
#   no_data:
#     password_class: ["masked"]
#   facts:
#     optional: ["esm"]
#   remediation: "Let the security manager hold the password and put NOLOG, LBYONLY or AUTOONLY in the directory"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Where an external security manager answers first, the directory password is used only when it defers or is down, so state it as the fact esm of the system."
package irondrift.pci.U09

literal if input.entity.values.password_class in {"vendor-default", "equals-userid", "weak", "other"}

deferred if {
	input.facts.esm
	input.facts.esm != "none"
}

deny contains "the directory file holds its password in clear text, and nothing shows that a security manager replaces it" if {
	literal
	not deferred
}

warn contains msg if {
	literal
	deferred
	msg := sprintf("the directory file holds a password in clear text; show that %v never falls back to it", [input.facts.esm])
}
