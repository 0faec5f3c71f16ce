# METADATA
# title: Cipher suites over open networks are strong
# custom:
#   id: T02
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "tls/suites"]
#   facts:
#     required: ["zones"]
#   remediation: "AT-TLS: list only AEAD suites with ephemeral key exchange in TTLSCipherParms V3CipherSuites4Char"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed."
package irondrift.pci.T02

import data.irondrift.pci.lib

suites := input.entity.values["tls/suites"]

problem contains msg if {
	some s in suites
	s != "unknown"
	lib.suite_class(s) in {"insecure", "unregistered"}
	msg := sprintf("%s is %s (%s)", [s, lib.suite_class(s), lib.suite_reasons(s)])
}

doubt contains msg if {
	some s in suites
	lib.suite_class(s) == "weak"
	msg := sprintf("%s is weak (%s)", [s, lib.suite_reasons(s)])
}

doubt contains "the suite of some sessions is not known" if "unknown" in suites

not_applicable contains "no TLS session was seen" if count(suites) == 0

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
