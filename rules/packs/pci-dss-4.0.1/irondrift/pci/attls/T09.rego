# METADATA
# title: AT-TLS checks the certificates that it asks for
# custom:
#   id: T09
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "HandshakeRole", "Direction"]
#     optional: ["ClientAuthType"]
#   remediation: "Write ClientAuthType Required or SAFCheck into the TTLSEnvironmentAdvancedParms, and make role and direction of the rule agree"
#   limits: "Where client certificates are expected is a matter of design, which the policy does not tell. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T09

v := input.entity.values

deny contains "client certificates are asked for, and ClientAuthType PassThru lets any of them in unchecked" if {
	v.HandshakeRole == "ServerWithClientAuth"
	v.ClientAuthType == "PassThru"
}

warn contains "ClientAuthType Full lets clients in that show no certificate" if {
	v.HandshakeRole == "ServerWithClientAuth"
	v.ClientAuthType == "Full"
}

warn contains msg if {
	some direction, roles in {"Inbound": {"Client"}, "Outbound": {"Server", "ServerWithClientAuth"}}
	v.Direction == direction
	v.HandshakeRole in roles
	msg := sprintf("the role is %s while the direction is %s: that is rarely meant", [v.HandshakeRole, v.Direction])
}

no_data contains "how client certificates are checked is not known" if {
	v.TTLSEnabled == true
	v.HandshakeRole == "ServerWithClientAuth"
	not v.ClientAuthType
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
