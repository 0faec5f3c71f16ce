# METADATA
# title: No minidisk has a well-known or public password
# custom:
#   id: H03
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.2"]
#   entity: zvm/user/<id>/mdisk/<vdev>
#   keys:
#     required: ["password"]
#   remediation: "Remove the passwords from the MDISK statement, so that only LINK rules of the security manager count, or choose others"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Minidisks that a SUBCONFIG adds on one member of a cluster are not judged here. A security manager may control LINK instead of these passwords."
package irondrift.pci.H03

words := input.entity.values.password

deny contains msg if {
	some w in words
	endswith(w, "=default")
	msg := sprintf("the %s password is a well-known word", [split(w, "=")[0]])
}

deny contains msg if {
	some w in words
	w in {"write=public", "multi=public"}
	msg := sprintf("the %s password is ALL: anybody may change the disk", [split(w, "=")[0]])
}

warn contains "the read password is ALL: anybody may read the disk" if "read=public" in words

warn contains msg if {
	some w in words
	endswith(w, "=masked")
	msg := sprintf("the %s password is masked in the extract", [split(w, "=")[0]])
}
