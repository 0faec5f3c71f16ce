# METADATA
# title: User ids supplied by IBM cannot be opened with a directory password
# custom:
#   id: H04
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.2", "2.2.4"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class"]
#     optional: ["vmsecure"]
#   no_data:
#     password_class: ["masked"]
#   facts:
#     required: ["supplied"]
#     optional: ["esm", "owner/<id>"]
#   remediation: "NOLOG in place of the password on the USER statement, or LBYONLY with LOGONBY users"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Which of the supplied user ids are in use is for the site to say (fact owner/<id>)."
package irondrift.pci.H04

import data.irondrift.pci.lib

# VM:Secure keeps a userid for LOGON BY with a comment in its entry.
by_only if {
	lower(input.facts.esm) == "vmsecure"
	"NB=Y" in input.entity.values.vmsecure
}

deny contains msg if {
	input.facts.supplied
	not by_only
	lib.can_log_on(input.entity.values.password_class)
	not input.facts.owner
	msg := sprintf("shipped by IBM, and its password class is %s: make it NOLOG when it is not used, else LBYONLY or AUTOONLY", [input.entity.values.password_class])
}

not_applicable contains "not a user id that IBM supplies" if not input.facts.supplied
