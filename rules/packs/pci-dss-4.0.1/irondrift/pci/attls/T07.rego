# METADATA
# title: AT-TLS rules offer strong cipher suites only
# custom:
#   id: T07
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "tls/suites"]
#     optional: ["defaulted"]
#   remediation: "Give the rule a TTLSCipherParms with suites of TLS 1.3 and ECDHE with AES GCM, and strike the others"
#   limits: "A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T07

import data.irondrift.pci.lib

v := input.entity.values

deny contains msg if {
	some s in v["tls/suites"]
	lib.suite_class(s) in {"insecure", "unregistered"}
	msg := sprintf("%s is %s (%s)", [s, lib.suite_class(s), lib.suite_reasons(s)])
}

warn contains msg if {
	some s in v["tls/suites"]
	lib.suite_class(s) == "weak"
	msg := sprintf("%s is weak (%s)", [s, lib.suite_reasons(s)])
}

warn contains "the list of suites is the default of the release: the next release brings another" if "V3CipherSuites" in v.defaulted

warn contains "no suite is left for the protocol versions that are on" if {
	v.TTLSEnabled == true
	count(v["tls/suites"]) == 0
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
