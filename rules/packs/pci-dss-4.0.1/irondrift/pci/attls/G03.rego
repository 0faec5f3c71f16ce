# METADATA
# title: What AT-TLS rules allow is used
# custom:
#   id: G03
#   severity: low
#   basis: advice
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "tls/versions", "tls/suites"]
#   facts:
#     required: ["observed"]
#   remediation: "Strike rules, versions and suites that nobody uses, once a longer period shows the same"
#   limits: "What was not used in the period may be used at the end of a month or year. Connections that were open when the policy changed keep the old one; before z/OS 3.2 failed handshakes leave sessions without protection, too. zERT does not tell the ports of clients and the own addresses of outbound connections, so a service can belong to several rules; what any of them allows is not held against it. An application may do TLS by itself, which AT-TLS does not govern."
package irondrift.pci.G03

v := input.entity.values

observed := input.facts.observed

used if observed.services > 0

warn contains "no session of the period is one that this rule takes" if not used

warn contains msg if {
	used
	some version in v["tls/versions"]
	not version in observed.versions
	msg := sprintf("%s is allowed and was not seen", [version])
}

warn contains msg if {
	used
	unseen := [s | some s in v["tls/suites"]; not s in observed.suites]
	count(unseen) > 0
	msg := sprintf("allowed and not seen: %s", [concat(", ", unseen)])
}

warn contains msg if {
	v.TTLSEnabled == true
	observed.clear > 0
	msg := sprintf("%d of the services that it takes had sessions without protection; T17 names them", [observed.clear])
}
