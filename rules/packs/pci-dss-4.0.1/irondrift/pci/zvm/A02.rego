# METADATA
# title: Privileged directory options are approved
# custom:
#   id: A02
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["option"]
#     optional: ["on/<member>/option"]
#   only:
#     option: ["LNKNOPAS", "LNKEXCLU", "LNKSTABL", "DEVMAINT", "DEVINFO", "MAINTCCW", "DIAG88", "DIAG98", "D84NOPAS", "SETORIG", "COMSRV", "ACCT", "CRYMEASURE", "RMCHINFO", "TODENABLE", "SVMSTAT", "IGNMAXU"]
#   facts:
#     optional: ["approved_options/<id>"]
#   remediation: "Take the keyword off the OPTION statement; for a service machine that needs it add an allow-list entry with the reason"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Which options count as privileged is the pack's table."
package irondrift.pci.A02

import data.irondrift.pci.tables

held contains split(o, " ")[0] if some o in input.entity.values.option

held contains split(o, " ")[0] if {
	some list in input.entity.values["on/<member>/option"]
	some o in list
}

privileged := {o | some o in held; o in tables.privileged_options}

approved contains o if some o in input.facts.approved_options

deny contains msg if {
	excess := privileged - approved
	count(excess) > 0
	msg := sprintf("OPTION %s is not approved for it", [concat(" ", sort(excess))])
}

warn contains msg if {
	excess := {o | some o in held; o in tables.minor_options} - approved
	count(excess) > 0
	msg := sprintf("OPTION %s gives little power, and is not on an approved list", [concat(" ", sort(excess))])
}
