# METADATA
# title: No user has a vendor or user-id password
# custom:
#   id: H02
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.2"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class"]
#   no_data:
#     password_class: ["masked"]
#   facts:
#     optional: ["esm"]
#   remediation: "Give the user a password of its own, or make it LBYONLY, AUTOONLY or NOLOG on its USER statement"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Where an external security manager answers first, the directory password is used only when it defers or is down, so state it as the fact esm of the system. Vendor words are those on the built-in list and the site's."
package irondrift.pci.H02

weak_word if input.entity.values.password_class in {"vendor-default", "equals-userid"}

deferred if {
	input.facts.esm
	input.facts.esm != "none"
}

deny contains msg if {
	weak_word
	not deferred
	msg := sprintf("the directory password is %s, and nothing shows that a security manager answers first", [input.entity.values.password_class])
}

warn contains msg if {
	weak_word
	deferred
	msg := sprintf("the directory password is %s; it opens the user whenever %v defers or is down", [input.entity.values.password_class, input.facts.esm])
}
