# METADATA
# title: Required fixes are applied to CP, and local modifications are approved
# custom:
#   id: V08
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["6.3.3"]
#   entity: zvm/cpservice
#   keys:
#     required: ["apars", "localmods"]
#   facts:
#     optional: ["approved_localmods", "required_apars"]
#   remediation: "Apply the APARs; state what the site requires as fact required_apars ([VM66646]) and its own modifications as approved_localmods"
#   limits: "Which fixes are critical, and since when they are out, is for the site to say. The form of the reply of QUERY CPSERVICE is not published: an APAR that is not recognised in it is missed, so the check only asks for a review."
package irondrift.pci.V08

applied := {a | some a in input.entity.values.apars}

warn contains msg if {
	missing := {a | some a in input.facts.required_apars} - applied
	count(missing) > 0
	msg := sprintf("the reply does not list %s, which the site requires", [concat(", ", sort(missing))])
}

warn contains msg if {
	others := {m | some m in input.entity.values.localmods} - {m | some m in input.facts.approved_localmods}
	count(others) > 0
	msg := sprintf("local modifications of CP without approval: %s", [concat(", ", sort(others))])
}

no_data contains "the site does not state which APARs it requires (fact required_apars)" if not input.facts.required_apars
