# METADATA
# title: AT-TLS checks whether certificates of the other side are revoked
# custom:
#   id: T08
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "HandshakeRole"]
#     optional: ["revocation"]
#   remediation: "Switch on OcspAiaEnable or HttpCdpEnable, or name an LDAP server, in the TTLSGskAdvancedParms of the environment action"
#   limits: "That a way is switched on does not show that it works: responders and lists may be out of reach, and CRLs loaded into the key ring do not show. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T08

v := input.entity.values

# A server that asks for no certificate has none to check.
checks_certificates if v.HandshakeRole in {"Client", "ServerWithClientAuth"}

deny contains msg if {
	checks_certificates
	count(v.revocation) == 0
	msg := sprintf("as %s it takes certificates of the other side, and no way of finding revoked ones is on", [v.HandshakeRole])
}

no_data contains "whether a way of finding revoked certificates is on is not known" if {
	v.TTLSEnabled == true
	checks_certificates
	not v.revocation
}

not_applicable contains "a server that asks for no certificate has none to check" if v.HandshakeRole == "Server"

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
