# METADATA
# title: Privileged user ids are used through LOGONBY by named people
# custom:
#   id: U01
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.2.1", "8.2.2"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["class", "password_class", "logonby#"]
#   no_data:
#     password_class: ["masked"]
#   facts:
#     optional: ["owner/<id>"]
#   parameters:
#     ordinary:
#       meaning: classes that count as not privileged
#       default: ["G", "default"]
#   remediation: "USER id LBYONLY and LOGONBY with the people who need it"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. A security manager keeps its own LOGONBY rules (class SURROGAT). Whether a user id belongs to one person is for the site to say (fact owner/<id>)."
package irondrift.pci.U01

import data.irondrift.pci.lib

privileged if count(lib.more_than({c | some c in input.entity.values.class}, input.parameters.ordinary)) > 0

warn contains msg if {
	privileged
	lib.can_log_on(input.entity.values.password_class)
	not input.facts.owner == "person"
	msg := sprintf("privileged, and whoever knows its password (%s) logs on without a name: make it LBYONLY", [input.entity.values.password_class])
}

warn contains "LBYONLY without a LOGONBY user in the directory: who may log on is not visible here" if {
	privileged
	input.entity.values.password_class == "lbyonly"
	input.entity.values["logonby#"] == 0
}
