# METADATA
# title: Server certificates on open networks are signed with SHA-2
# custom:
#   id: T04
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "tls/cert_digest"]
#   facts:
#     required: ["zones"]
#   remediation: "Have the certificate issued again with a SHA-256 signature"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. The signature of a self-signed root is judged like any other."
package irondrift.pci.T04

import data.irondrift.pci.lib

digests := input.entity.values["tls/cert_digest"]

problem contains msg if {
	some d in digests
	d in {"MD2", "MD5", "SHA1"}
	msg := sprintf("certificate signed with %s", [d])
}

doubt contains msg if {
	some d in digests
	not d in {"MD2", "MD5", "SHA1", "SHA-256", "SHA-384", "SHA-512", "none"}
	msg := sprintf("certificate digest %s cannot be taken for strong", [d])
}

not_applicable contains "no TLS session with a server certificate was seen" if count([d | some d in digests; d != "none"]) == 0

deny contains msg if {
	lib.open_zone(input.facts.zones)
	some msg in problem
}

warn contains msg if {
	not lib.open_zone(input.facts.zones)
	"unknown" in input.facts.zones
	some text in problem
	msg := sprintf("%s; peers are outside every configured zone, so whether 4.2.1 applies is open", [text])
}

warn contains msg if {
	reached
	some msg in doubt
}

reached if lib.open_zone(input.facts.zones)

reached if "unknown" in input.facts.zones

not_applicable contains "no peer is in an open network" if {
	not lib.open_zone(input.facts.zones)
	not "unknown" in input.facts.zones
}
