# METADATA
# title: AT-TLS rules allow TLS 1.2 and 1.3 only
# custom:
#   id: T06
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "tls/versions"]
#     optional: ["defaulted"]
#   remediation: "Write SSLv3 Off, TLSv1 Off, TLSv1.1 Off, TLSv1.2 On and TLSv1.3 On into the TTLSEnvironmentAdvancedParms of the rule, so that no default of a release counts"
#   limits: "A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T06

import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

# parameter is IBM's name of the parameter for a version.
parameter(version) := replace(version, "TLSv1.0", "TLSv1")

by_default(version) if parameter(version) in v.defaulted

deny contains msg if {
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "insecure"
	not by_default(version)
	msg := sprintf("%s is on; RFC 8996 and SP 800-52r2 rule it out", [version])
}

deny contains msg if {
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "insecure"
	by_default(version)
	msg := sprintf("%s is on, not by the text but by the default of the release: %s is not stated", [version, parameter(version)])
}

warn contains msg if {
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "unknown"
	msg := sprintf("protocol version %s is not one that can be judged", [version])
}

warn contains "TTLSEnabled is Off: the rule leaves its connections in clear on purpose" if v.TTLSEnabled == false

warn contains "no protocol version is on, so no connection of the rule can be made" if {
	v.TTLSEnabled == true
	count(v["tls/versions"]) == 0
}
