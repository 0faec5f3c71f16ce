# METADATA
# title: Holders of powerful RACF attributes are approved
# custom:
#   id: A04V
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.2", "7.2.4"]
#   entity: zvm/racf
#   keys:
#     required: ["special/users", "operations/users", "auditor/users", "roauditor/users"]
#   facts:
#     optional: ["approved_racf"]
#   remediation: "Take the attribute away (RAC ALTUSER user NOSPECIAL), or state the userids as fact approved_racf ({special: [...], operations: [...]})"
#   limits: "SETROPTS LIST holds no users. The four lists are known only where COMPEXTR gives them and the site maps its keys (column_aliases); attributes in groups are not in them."
package irondrift.pci.A04V

values := input.entity.values

approved[name] contains u if {
	some name, users in input.facts.approved_racf
	some u in users
}

others[name] contains u if {
	some name in ["special", "operations", "auditor", "roauditor"]
	some u in values[sprintf("%s/users", [name])]
	not u in object.get(approved, name, set())
}

deny contains msg if {
	input.facts.approved_racf
	some name, users in others
	msg := sprintf("%s: %s without approval", [upper(name), concat(", ", sort(users))])
}

warn contains msg if {
	not input.facts.approved_racf
	some name, users in others
	msg := sprintf("%s: %s, and the site states no approved list", [upper(name), concat(", ", sort(users))])
}
