# METADATA
# title: Purpose and owner of every protocol and cipher suite are documented
# custom:
#   id: G05
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: tool/inventory/<kind=protocol|suite>/<asset>
#   keys:
#     required: ["class", "status", "without_purpose", "without_owner", "action"]
#     optional: ["due_days"]
#   remediation: "Enter the service with purpose and owner in the register (services: in irondrift.yaml), or the protocol or suite under cryptography: assets:, with what is planned where it is weak"
#   limits: "What no extract shows is not in the inventory; the report lists it beside the inventory. Algorithms inside applications, of stored data and of key management are not seen at all. The purpose is what the register states, not what a connection carried."
package irondrift.pci.G05

v := input.entity.values

used if startswith(v.status, "seen")

deny contains msg if {
	used
	count(v.without_purpose) > 0
	msg := sprintf("in use, and no purpose is documented for %s", [listed(v.without_purpose)])
}

warn contains msg if {
	used
	count(v.without_owner) > 0
	msg := sprintf("in use, and no owner is documented for %s", [listed(v.without_owner)])
}

warn contains msg if {
	used
	v["class"] in {"insecure", "unlisted"}
	v.action == "none"
	msg := sprintf("%s, and no action is planned for it", [v["class"]])
}

deny contains msg if {
	used
	v.due_days < 0
	msg := sprintf("still in use, and the planned action (%s) was due %d days ago", [v.action, abs(v.due_days)])
}

no_data contains "it is declared, and whether it is used is not known" if v.status == "declared, use not known"

not_applicable contains "it is declared and was not used in the period" if v.status == "declared, not seen"

# listed names the first few services.
listed(keys) := concat(", ", keys) if count(keys) <= 3

listed(keys) := sprintf("%s and %d more services", [concat(", ", array.slice(keys, 0, 3)), count(keys) - 3]) if count(keys) > 3
