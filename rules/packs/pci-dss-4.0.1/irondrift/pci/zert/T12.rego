# METADATA
# title: SSH and IPsec over open networks use strong algorithms
# custom:
#   id: T12
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "protection", "ssh/versions", "ssh/key_exchange", "ssh/encryption", "ssh/mac", "ipsec/ike_versions", "ipsec/ike_dh_groups", "ipsec/encryption", "ipsec/mac"]
#   facts:
#     required: ["zones"]
#   remediation: "SSH: list KexAlgorithms, Ciphers and MACs without the named ones in sshd_config; IPsec: raise the offers in the IPsec policy"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Several algorithm codes of zERT have no published name; they are REVIEW, never PASS."
package irondrift.pci.T12

import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

used contains [word, name, lib.class_in(tables.ssh_key_exchange, name)] if {
	some name in v["ssh/key_exchange"]
	word := "SSH key exchange"
}

used contains [word, name, lib.class_in(tables.encryption, name)] if {
	some name in v["ssh/encryption"]
	word := "SSH cipher"
}

used contains [word, name, lib.class_in(tables.mac, name)] if {
	some name in v["ssh/mac"]
	word := "SSH MAC"
}

used contains [word, name, lib.class_in(tables.encryption, name)] if {
	some name in v["ipsec/encryption"]
	word := "IPsec encryption"
}

used contains [word, name, lib.class_in(tables.mac, name)] if {
	some name in v["ipsec/mac"]
	word := "IPsec integrity"
}

used contains [word, name, lib.class_in(tables.ike_dh_groups, name)] if {
	some name in v["ipsec/ike_dh_groups"]
	word := "IKE group"
}

problem contains "SSH protocol version 1 was used" if "SSHv1" in v["ssh/versions"]

problem contains msg if {
	some [word, name, "insecure"] in used
	msg := sprintf("%s %s is insecure", [word, name])
}

doubt contains msg if {
	some [word, name, class] in used
	class in {"weak", "unknown"}
	msg := sprintf("%s %s is %s", [word, name, class])
}

doubt contains "IKE version 1 is historic (RFC 9395)" if {
	some version in v["ipsec/ike_versions"]
	startswith(version, "IKEv1")
}

not_applicable contains "neither SSH nor IPsec was seen" if {
	not "ssh" in v.protection
	not "ipsec" in v.protection
}

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
