# METADATA
# title: TLS sessions over open networks are strong
# custom:
#   id: T10
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: ibmi/sk/<kind=secure|secure_client>/<port>
#   keys:
#     required: ["peer_networks", "protection", "protocols", "suites"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     required: ["zones"]
#     optional: ["release"]
#   remediation: "QSSLPCL *TLSV1.3 *TLSV1.2, and QSSLCSL with AEAD suites of ephemeral key exchange"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. S entries need *NETSECURE and come from System TLS and VPN only; TLS of OpenSSL and Java leaves none."
package irondrift.pci.T10

import data.irondrift.pci.audit
import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

problem contains msg if {
	some p in v.protocols
	lib.class_in(tables.tls_versions, p) == "insecure"
	msg := sprintf("%s was negotiated; RFC 8996 and SP 800-52r2 rule it out", [p])
}

problem contains msg if {
	some s in v.suites
	lib.suite_class(s) in {"insecure", "unregistered"}
	msg := sprintf("%s is %s (%s)", [s, lib.suite_class(s), lib.suite_reasons(s)])
}

doubt contains msg if {
	some s in v.suites
	lib.suite_class(s) == "weak"
	msg := sprintf("%s is weak (%s)", [s, lib.suite_reasons(s)])
}

doubt contains msg if {
	some p in v.protocols
	lib.class_in(tables.tls_versions, p) == "unknown"
	msg := sprintf("protocol %s is not one that can be judged", [p])
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

not_applicable contains "no peer is in an open network" if not reached

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSECURE"}, release)
