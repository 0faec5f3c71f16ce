# METADATA
# title: Traffic over open networks is protected
# custom:
#   id: T15
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks", "protection"]
#   facts:
#     required: ["zones", "ports"]
#   remediation: "Cover the port with an AT-TLS rule, or move the service to its TLS port"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Whether the data is cardholder data does not show."
package irondrift.pci.T15

import data.irondrift.pci.lib

unprotected if "none" in input.entity.values.protection

clear if {
	unprotected
	lib.port_class(input.facts.ports) == "clear"
}

deny contains msg if {
	lib.open_zone(input.facts.zones)
	clear
	msg := sprintf("%s, a clear-text protocol, was used without protection over an open network", [lib.known_port(input.facts.ports).service])
}

warn contains "sessions without recognised protection over an open network: find out whether the application encrypts" if {
	lib.open_zone(input.facts.zones)
	unprotected
	not clear
}

warn contains "sessions without recognised protection with peers outside every configured zone" if {
	not lib.open_zone(input.facts.zones)
	"unknown" in input.facts.zones
	unprotected
}

not_applicable contains "no peer is in an open network" if {
	not lib.open_zone(input.facts.zones)
	not "unknown" in input.facts.zones
}
