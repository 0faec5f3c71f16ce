# METADATA
# title: Privilege classes beyond the ordinary are approved
# custom:
#   id: A01
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.1", "7.2.2"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["class", "password_class"]
#     optional: ["on/<member>/class"]
#   facts:
#     optional: ["approved_classes/<id>"]
#   parameters:
#     ordinary:
#       meaning: classes that need no approval of their own
#       default: ["G", "default"]
#   remediation: "Take the class off the USER or CLASS statement, or give single commands by COMMAND statements or the security manager; record what is approved as fact approved_classes"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. A security manager may take commands away again, and MODIFY COMMAND in SYSTEM CONFIG may move them between classes."
package irondrift.pci.A01

import data.irondrift.pci.lib

held contains c if some c in input.entity.values.class

held contains c if {
	some list in input.entity.values["on/<member>/class"]
	some c in list
}

beyond := lib.more_than(held, input.parameters.ordinary)

in_effect if input.entity.values.password_class != "nolog"

deny contains msg if {
	in_effect
	input.facts.approved_classes
	excess := beyond - {c | some c in input.facts.approved_classes}
	count(excess) > 0
	msg := sprintf("holds privilege class %s, which its approval does not list", [concat(", ", sort(excess))])
}

warn contains msg if {
	in_effect
	not input.facts.approved_classes
	count(beyond) > 0
	msg := sprintf("holds privilege class %s without an entry among the approved classes", [concat(", ", sort(beyond))])
}
