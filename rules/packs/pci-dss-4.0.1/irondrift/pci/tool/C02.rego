# METADATA
# title: The extracts of a system agree with each other
# custom:
#   id: C02
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["2.2.1", "6.5.1"]
#   entity: tool/disagreement/<key>
#   keys:
#     required: ["values"]
#   remediation: "Look which of the two is meant: correct the configuration, or put it into effect (IPL, restart, DIRECTXA)"
#   limits: "Only what two extracts tell is compared; a setting in one extract alone can differ from the running system unseen."
package irondrift.pci.C02

values := input.entity.values.values

of(view) := {v | some v in values; contains(v, sprintf(" (%s) ", [view]))}

differs if {
	count(of("configured")) > 0
	count(of("active")) > 0
}

warn contains msg if {
	differs
	msg := sprintf("the running system differs from its configuration: %s", [concat("; ", sort(values))])
}

warn contains msg if {
	not differs
	msg := sprintf("extracts disagree: %s", [concat("; ", sort(values))])
}
