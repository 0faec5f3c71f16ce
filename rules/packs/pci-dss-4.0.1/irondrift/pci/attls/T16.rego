# METADATA
# title: AT-TLS rules can be reached and mean what they say
# custom:
#   id: T16
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["shadowed_by", "lint"]
#     optional: ["lint/text", "IpTimeCondition"]
#   remediation: "Mend the policy text where the message points; order rules by Priority so that the narrow one comes first"
#   limits: "A listing of pasearch does not hold the text, so oddities of it are not seen there. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T16

v := input.entity.values

warn contains msg if {
	some rule in v.shadowed_by
	msg := sprintf("rule %s takes every connection first, so this one is never used", [rule])
}

warn contains msg if {
	some msg in v.lint
	not startswith(msg, "L11 never reached")
}

warn contains msg if some msg in v["lint/text"]
