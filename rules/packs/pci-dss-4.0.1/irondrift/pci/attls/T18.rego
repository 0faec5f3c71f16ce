# METADATA
# title: Unprotected traffic is known to the AT-TLS policy
# custom:
#   id: T18
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1", "2.2.7"]
#   entity: zert/<system>/<stack>/<role=server|client|unknown>/<job>/<endpoint>
#   keys:
#     required: ["protection"]
#   facts:
#     required: ["declared"]
#   remediation: "Write a TTLSRule for the port and job, or one with TTLSEnabled Off that says that clear text is meant"
#   limits: "Connections that were open when the policy changed keep the old one; before z/OS 3.2 failed handshakes leave sessions without protection, too. zERT does not tell the ports of clients and the own addresses of outbound connections, so a service can belong to several rules; what any of them allows is not held against it. An application may do TLS by itself, which AT-TLS does not govern."
package irondrift.pci.T18

v := input.entity.values

declared := input.facts.declared

warn contains "some sessions had no protection, and no AT-TLS rule takes this service: the default is clear text" if {
	"none" in v.protection
	declared.covered == "none"
}

warn contains msg if {
	"none" in v.protection
	declared.covered == "some"
	msg := sprintf("some sessions had no protection, and AT-TLS rule %s takes but a part of this service, as far as can be told", [concat(", ", declared.rules)])
}

not_applicable contains "every session was protected" if not "none" in v.protection
