# METADATA
# title: Peers outside the bank's networks are expected
# custom:
#   id: N08I
#   severity: medium
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["1.3.1", "1.3.2", "1.4.2"]
#   entity: ibmi/sk/<kind=accept|connect>/<port>
#   keys:
#     required: ["peer_networks"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     required: ["zones"]
#     optional: ["release", "approved"]
#   remediation: "Restrict the port with the network controls in front of the system, or enter it in the register of approved services"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. It corroborates filtering; it does not test it."
package irondrift.pci.N08I

import data.irondrift.pci.audit
import data.irondrift.pci.lib

warn contains "peers in an open network: confirm that the traffic is published or needed" if {
	lib.open_zone(input.facts.zones)
	not input.facts.approved == true
}

warn contains "peers are outside every configured zone" if "unknown" in input.facts.zones

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSCK", "*NETTELSVR"}, release)
