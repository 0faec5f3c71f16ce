# METADATA
# title: TLS over open networks is version 1.2 or 1.3
# custom:
#   id: T01
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "tls/versions"]
#   facts:
#     required: ["zones"]
#   remediation: "AT-TLS: TTLSEnvironmentAdvancedParms TLSv1 Off, TLSv1.1 Off, TLSv1.2 On, TLSv1.3 On; for other TLS providers their own option"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. PCI DSS names no TLS version; the standard refers to strong cryptography."
package irondrift.pci.T01

import data.irondrift.pci.lib
import data.irondrift.pci.tables

versions := input.entity.values["tls/versions"]

problem contains msg if {
	some v in versions
	lib.class_in(tables.tls_versions, v) == "insecure"
	msg := sprintf("%s was negotiated; RFC 8996 and SP 800-52r2 rule it out", [v])
}

doubt contains msg if {
	some v in versions
	lib.class_in(tables.tls_versions, v) == "unknown"
	msg := sprintf("protocol version %s is not one that can be judged", [v])
}

not_applicable contains "no TLS session was seen" if count(versions) == 0

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
