# METADATA
# title: System accounts cannot be logged on to with a password
# custom:
#   id: U19
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.6.1"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class"]
#     optional: ["vmsecure"]
#   no_data:
#     password_class: ["masked"]
#   facts:
#     required: ["supplied"]
#     optional: ["esm", "owner/<id>"]
#   remediation: "AUTOONLY for service machines, NOLOG for what is not used"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Service machines that IBM does not supply are known only when the site names them (fact owner/<id>: service)."
package irondrift.pci.U19

import data.irondrift.pci.lib

system_account if input.facts.owner == "service"

system_account if {
	input.facts.supplied
	not input.facts.owner
}

# VM:Secure keeps a userid for LOGON BY with a comment in its entry.
by_only if {
	lower(input.facts.esm) == "vmsecure"
	"NB=Y" in input.entity.values.vmsecure
}

deny contains msg if {
	system_account
	not by_only
	lib.can_log_on(input.entity.values.password_class)
	msg := sprintf("a system account that logs on interactively with a password (%s)", [input.entity.values.password_class])
}

warn contains "LBYONLY is still interactive use of a system account: keep the justification and who approved it" if {
	system_account
	input.entity.values.password_class == "lbyonly"
}

warn contains "VM:Secure keeps it for LOGON BY (*NB=Y), which is still interactive use of a system account" if {
	system_account
	by_only
	lib.can_log_on(input.entity.values.password_class)
}

not_applicable contains "neither supplied by IBM nor named a service machine by the site" if not system_account
