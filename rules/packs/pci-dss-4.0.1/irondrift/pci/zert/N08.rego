# METADATA
# title: Peers outside the bank's networks are expected
# custom:
#   id: N08
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["1.3.1", "1.3.2", "1.4.2"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["peer_networks"]
#   facts:
#     required: ["zones"]
#     optional: ["approved"]
#   remediation: "Restrict the service with the network controls in front of it, or enter it in the register of approved services"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. It corroborates filtering; it does not test it."
package irondrift.pci.N08

import data.irondrift.pci.lib

warn contains "peers in an open network reach this service or are reached by it: confirm that the traffic is published or needed" if {
	lib.open_zone(input.facts.zones)
	not input.facts.approved == true
}

warn contains "peers are outside every configured zone" if "unknown" in input.facts.zones
