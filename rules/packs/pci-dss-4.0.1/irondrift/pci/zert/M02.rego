# METADATA
# title: TLS below 1.2 is left to documented POI terminals
# custom:
#   id: M02
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["A2.1.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["protection", "tls/versions", "tls/suites"]
#   facts:
#     required: ["ports"]
#   parameters:
#     poi_ports:
#       meaning: ports at which POI terminals for card-present transactions connect, as text
#       default: []
#   exception: mitigated
#   remediation: "Move the terminals to TLS 1.2; until then keep the vendor's statement that they are not open to known exploits of early TLS, and enter it as mitigation of the service in the register"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. That the terminals cannot be attacked through early TLS is a statement of their vendor or tester, which no record holds. Which ports are POI terminals is the site's list."
package irondrift.pci.M02

import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

poi if lib.lists(input.parameters.poi_ports, input.facts.ports)

deny contains msg if {
	poi
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "insecure"
	msg := sprintf("POI terminals negotiated %s, and no entry of the register says how it was verified that they are not open to known exploits", [version])
}

no_data contains "version of some sessions is not known" if {
	poi
	"unknown" in v["tls/versions"]
}

not_applicable contains "the site lists no port of POI terminals (parameter poi_ports)" if count(input.parameters.poi_ports) == 0

not_applicable contains "the port is not on the site's list of POI ports" if {
	count(input.parameters.poi_ports) > 0
	not poi
}

not_applicable contains "no TLS session was seen" if {
	poi
	not "tls" in v.protection
}
