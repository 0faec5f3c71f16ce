# METADATA
# title: Server certificates on open networks have strong keys
# custom:
#   id: T03
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "tls/cert_key"]
#   facts:
#     required: ["zones"]
#   remediation: "Replace the certificate by one with an RSA key of at least 2048 bits or an EC key of at least 256"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Expiry and revocation of certificates are not in zERT summary records before z/OS 3.2."
package irondrift.pci.T03

import data.irondrift.pci.lib

keys := input.entity.values["tls/cert_key"]

parts(key) := split(key, " ")

bits(key) := to_number(parts(key)[1]) if regex.match(`^[0-9]+$`, parts(key)[1])

kind(key) := parts(key)[0]

problem contains msg if {
	some k in keys
	kind(k) in {"RSA", "DSA", "DH"}
	bits(k) < 2048
	msg := sprintf("certificate key %s is below 2048 bits", [k])
}

problem contains msg if {
	some k in keys
	kind(k) == "ECC"
	bits(k) < 224
	msg := sprintf("certificate key %s is below 224 bits", [k])
}

doubt contains msg if {
	some k in keys
	kind(k) == "ECC"
	bits(k) >= 224
	bits(k) < 256
	msg := sprintf("certificate key %s is at the floor of 112 bits of strength", [k])
}

doubt contains msg if {
	some k in keys
	k != "none"
	not known(k)
	msg := sprintf("certificate key %s cannot be judged", [k])
}

known(k) if {
	kind(k) in {"RSA", "DSA", "DH", "ECC"}
	bits(k) >= 0
}

not_applicable contains "no TLS session with a server certificate was seen" if count([k | some k in keys; k != "none"]) == 0

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
