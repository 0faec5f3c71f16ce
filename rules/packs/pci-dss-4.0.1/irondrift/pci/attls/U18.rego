# METADATA
# title: Administrative ports ask for a client certificate
# custom:
#   id: U18
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.5.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "HandshakeRole", "Direction", "LocalPortRange", "RemotePortRange"]
#     optional: ["ClientAuthType"]
#   parameters:
#     admin_ports:
#       meaning: ports of administrative services, as text
#       default: ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]
#       includes: ["23"]
#   remediation: "Where certificates are to be a factor: HandshakeRole ServerWithClientAuth and ClientAuthType SAFCheck or Required"
#   limits: "A certificate is one factor at most, and whether the application uses it is not in the policy. Which ports are used for administration is the site's list. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.U18

import data.irondrift.pci.lib

v := input.entity.values

administrative if {
	v.Direction != "Outbound"
	some port in input.parameters.admin_ports
	some taken in v.LocalPortRange
	lib.port_within(taken, port)
}

demanded if {
	v.HandshakeRole == "ServerWithClientAuth"
	v.ClientAuthType in {"Required", "SAFCheck"}
}

warn contains "no client certificate is demanded, so the factors of a sign-on must come from the application" if {
	administrative
	v.TTLSEnabled == true
	not demanded
}

not_applicable contains "TTLSEnabled is Off; H22 says so" if v.TTLSEnabled == false

not_applicable contains "the rule takes no connections to a port of the site's list of administrative ports" if not administrative
