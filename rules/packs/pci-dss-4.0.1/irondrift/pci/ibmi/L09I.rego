# METADATA
# title: Creation and deletion of objects is logged
# custom:
#   id: L09I
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.7"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUDCTL", "QAUDLVL"]
#     optional: ["QAUDLVL2"]
#   parameters:
#     events:
#       meaning: values of QAUDLVL that must be in effect
#       default: ["*CREATE", "*DELETE"]
#       includes: ["*CREATE", "*DELETE"]
#   remediation: "Add *CREATE and *DELETE to QAUDLVL"
#   limits: "The effective set is that of the time of the extract; per-profile auditing adds to it. That entries are kept, and for how long, is not in the values."
package irondrift.pci.L09I

import data.irondrift.pci.audit

v := input.entity.values

default extension := []

extension := v.QAUDLVL2

deny contains "QAUDCTL does not hold *AUDLVL, so QAUDLVL has no effect" if not "*AUDLVL" in v.QAUDCTL

deny contains msg if {
	"*AUDLVL" in v.QAUDCTL
	not unseen
	some word in input.parameters.events
	not audit.holds(audit.effective(v.QAUDCTL, v.QAUDLVL, extension, ""), word)
	msg := sprintf("%s is not audited: system objects come or go without an entry", [word])
}

unseen if audit.unseen_extension(v)

no_data contains "QAUDLVL continues in QAUDLVL2, which is not known" if {
	"*AUDLVL" in v.QAUDCTL
	unseen
	some word in input.parameters.events
	not audit.holds(audit.effective(v.QAUDCTL, v.QAUDLVL, [], ""), word)
}
