# METADATA
# title: Nobody raises privilege classes beyond the directory
# custom:
#   id: H18
#   severity: medium
#   basis: hardening
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.6", "7.2.2"]
#   entity: zvm/feature
#   keys:
#     required: ["set_privclass"]
#     optional: ["disc_operator"]
#   facts:
#     optional: ["set_privclass_reason"]
#   remediation: "FEATURES DISABLE SET_PRIVCLASS in SYSTEM CONFIG, or state the fact set_privclass_reason"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since. Whether the operator is disconnected after IPL (disc_operator) is cited and compared with the baseline, not judged."
package irondrift.pci.H18

deny contains "SET_PRIVCLASS is enabled: a class C user can take, and give, classes that the directory does not" if {
	input.entity.values.set_privclass == "on"
	not input.facts.set_privclass_reason
}

warn contains msg if {
	input.entity.values.set_privclass == "on"
	input.facts.set_privclass_reason
	msg := sprintf("SET_PRIVCLASS is enabled; the stated reason is: %v", [input.facts.set_privclass_reason])
}
