# METADATA
# title: Server certificates on open networks have not run out
# custom:
#   id: T05
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "protection"]
#     optional: ["tls/cert_not_after"]
#   facts:
#     required: ["zones"]
#   parameters:
#     warn_days:
#       meaning: days before the end of its validity from which a certificate is reported
#       default: 30
#       min: 0
#       max: 400
#   taken: true
#   remediation: "Replace the certificate; record connection detail (SMFCONFIG TYPE119 ZERTDETAIL) for a short time where the end of validity does not show"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Summary records hold the end of validity from z/OS 3.2 on, connection detail before; TLS 1.3 hides certificates unless the provider reports. Whether a certificate was revoked is in no record; T08 asks whether AT-TLS checks it."
package irondrift.pci.T05

import data.irondrift.pci.lib

v := input.entity.values

reached if lib.open_zone(input.facts.zones)

reached if "unknown" in input.facts.zones

spoken if {
	"tls" in v.protection
	reached
}

day := 86400000000000

# left is how many days a certificate has, from the time of the extract on.
left(end) := (time.parse_rfc3339_ns(end) - time.parse_rfc3339_ns(input.taken)) / day

ends contains end if {
	some end in v["tls/cert_not_after"]
	regex.match(`^[0-9]{4}-.*Z$`, end)
}

run_out contains msg if {
	some end in ends
	left(end) < 0
	msg := sprintf("a server certificate ran out on %s", [substring(end, 0, 10)])
}

deny contains msg if {
	lib.open_zone(input.facts.zones)
	some msg in run_out
}

warn contains msg if {
	not lib.open_zone(input.facts.zones)
	"unknown" in input.facts.zones
	some text in run_out
	msg := sprintf("%s; peers are outside every configured zone, so whether 4.2.1 applies is open", [text])
}

warn contains msg if {
	reached
	some end in ends
	left(end) >= 0
	left(end) <= input.parameters.warn_days
	msg := sprintf("a server certificate runs out on %s", [substring(end, 0, 10)])
}

no_data contains "no record tells when the server certificate runs out" if {
	spoken
	not v["tls/cert_not_after"]
}

no_data contains "of some sessions no record tells when the server certificate runs out" if {
	spoken
	"unknown" in v["tls/cert_not_after"]
}

not_applicable contains "no TLS session was seen" if not "tls" in v.protection

not_applicable contains "no peer is in an open network" if not reached
