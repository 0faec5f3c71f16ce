# METADATA
# title: AT-TLS rules start, renegotiate and time out safely
# custom:
#   id: T20
#   severity: low
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled"]
#     optional: ["Renegotiation", "RenegotiationIndicator", "ClientExtendedMasterSecret", "ServerExtendedMasterSecret", "3DesKeyCheck", "HandshakeTimeout", "ApplicationControlled", "HandshakeRole", "tls/suites", "tls/versions"]
#   parameters:
#     max_seconds:
#       meaning: longest accepted time for a handshake in seconds
#       default: 120
#       min: 1
#       max: 600
#   remediation: "State Renegotiation Disabled, RenegotiationIndicator Both, HandshakeTimeout 10 and both extended master secrets On in the TTLSEnvironmentAdvancedParms of the rule"
#   limits: "TLS 1.3 knows no renegotiation. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T20

v := input.entity.values

# before13 holds where a version with renegotiation can be used.
before13 if {
	some version in v["tls/versions"]
	version != "TLSv1.3"
}

warn contains "Renegotiation All lets a peer renegotiate, also one without secure renegotiation" if {
	before13
	v.Renegotiation == "All"
}

warn contains "RenegotiationIndicator Optional takes peers that do not know secure renegotiation (RFC 5746)" if {
	before13
	v.RenegotiationIndicator == "Optional"
	v.Renegotiation != "Disabled"
}

warn contains msg if {
	before13
	some role, name in {"Client": "ClientExtendedMasterSecret", "Server": "ServerExtendedMasterSecret", "ServerWithClientAuth": "ServerExtendedMasterSecret"}
	v.HandshakeRole == role
	object.get(v, name, "") == "Off"
	msg := sprintf("%s is Off: sessions are not bound to their handshake (RFC 7627)", [name])
}

warn contains "3DES can be used, and 3DesKeyCheck Off does not look whether its three keys differ" if {
	v["3DesKeyCheck"] == false
	some suite in v["tls/suites"]
	contains(suite, "3DES")
}

warn contains "HandshakeTimeout 0: a peer that says nothing holds its connection for ever" if v.HandshakeTimeout == 0

warn contains msg if {
	v.HandshakeTimeout > input.parameters.max_seconds
	msg := sprintf("HandshakeTimeout is %d seconds: at most %d are accepted", [v.HandshakeTimeout, input.parameters.max_seconds])
}

warn contains "ApplicationControlled is On: the application decides when TLS begins, so the rule does not show that its connections are encrypted" if v.ApplicationControlled == true

unseen contains name if {
	some name in ["Renegotiation", "RenegotiationIndicator", "3DesKeyCheck", "HandshakeTimeout", "ApplicationControlled"]
	object.get(v, name, "unknown") == "unknown"
}

no_data contains msg if {
	v.TTLSEnabled == true
	count(unseen) > 0
	msg := sprintf("not known: %s", [concat(", ", sort(unseen))])
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
