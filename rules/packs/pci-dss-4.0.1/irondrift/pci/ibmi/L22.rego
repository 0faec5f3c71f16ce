# METADATA
# title: The journal extract holds the whole period
# custom:
#   id: L22
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1"]
#   entity: ibmi/sk
#   keys:
#     required: ["entry_types"]
#   facts:
#     required: ["gaps", "period_hours"]
#   parameters:
#     min_hours:
#       meaning: shortest period between the first and the last entry that a nightly extract must hold
#       default: 20
#       min: 1
#   remediation: "Extract with JRNRCV(*CURCHAIN) and FROMTIME of the last extract, or with the receivers of the whole period; look into the gaps"
#   limits: "The period is that between the first and the last entry; a quiet system has a shorter one. Receivers that were deleted before the extract leave a gap that only their sequence numbers show."
package irondrift.pci.L22

warn contains msg if {
	some gap in input.facts.gaps
	msg := sprintf("nothing is known of %s", [gap])
}

warn contains msg if {
	count(input.entity.values.entry_types) > 0
	input.facts.period_hours < input.parameters.min_hours
	msg := sprintf("the entries lie within %d hours; a default of CPYAUDJRNE reads the attached receiver only", [round(input.facts.period_hours)])
}

no_data contains "the extract holds no SK entry at all, which is also what a wrong receiver or a wrong time gives" if count(input.entity.values.entry_types) == 0
