# METADATA
# title: AT-TLS refuses weak certificate keys of the other side
# custom:
#   id: T03A
#   severity: low
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1", "12.3.3"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled"]
#     optional: ["PeerMinRsaKeySize", "PeerMinDHKeySize", "PeerMinDsaKeySize", "PeerMinECCKeySize"]
#   remediation: "Set PeerMinRsaKeySize, PeerMinDHKeySize and PeerMinDsaKeySize to 2048 and PeerMinECCKeySize to 256 in the TTLSEnvironmentAdvancedParms"
#   limits: "T03 judges the certificates that were seen. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T03A

v := input.entity.values

floor := {"PeerMinRsaKeySize": 2048, "PeerMinDHKeySize": 2048, "PeerMinDsaKeySize": 2048, "PeerMinECCKeySize": 224}

sizes := {
	"PeerMinRsaKeySize": object.get(v, "PeerMinRsaKeySize", -1),
	"PeerMinDHKeySize": object.get(v, "PeerMinDHKeySize", -1),
	"PeerMinDsaKeySize": object.get(v, "PeerMinDsaKeySize", -1),
	"PeerMinECCKeySize": object.get(v, "PeerMinECCKeySize", -1),
}

warn contains msg if {
	some name, bits in sizes
	bits >= 0
	bits < floor[name]
	msg := sprintf("%s is %d: keys below 112 bits of strength are accepted", [name, bits])
}

no_data contains msg if {
	v.TTLSEnabled == true
	some name, bits in sizes
	bits < 0
	msg := sprintf("%s is not known", [name])
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
