# METADATA
# title: Nobody runs commands beyond the own classes at logon
# custom:
#   id: A12
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["class", "password_class"]
#     optional: ["on/<member>/class", "privileged_command"]
#   facts:
#     optional: ["approved_commands/<id>"]
#   parameters:
#     ordinary:
#       meaning: classes that count as not privileged
#       default: ["G", "default"]
#   remediation: "Take the COMMAND statement out, or state the command as fact approved_commands of the userid. A COMMAND for one command is better than a class for many"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. The classes are those that IBM ships, from memory of the CP reference; MODIFY COMMAND may have moved them."
package irondrift.pci.A12

import data.irondrift.pci.lib

held contains c if some c in input.entity.values.class

held contains c if {
	some list in input.entity.values["on/<member>/class"]
	some c in list
}

privileged if count(lib.more_than(held, input.parameters.ordinary)) > 0

approved contains c if some c in input.facts.approved_commands

commands := {c | some c in input.entity.values.privileged_command} - approved

warn contains msg if {
	not privileged
	input.entity.values.password_class != "nolog"
	count(commands) > 0
	msg := sprintf("COMMAND statements run %s at logon, which its classes do not allow", [concat(", ", sort(commands))])
}
