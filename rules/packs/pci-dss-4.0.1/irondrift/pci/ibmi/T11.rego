# METADATA
# title: Failed TLS sessions are looked into
# custom:
#   id: T11
#   severity: info
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: ibmi/sk/<kind=secure_failed|secure_client_failed>/<port>
#   keys:
#     required: ["peer_networks"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   remediation: "Look at the X entries of the port and at the clients behind them"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. The entry does not always say why a session failed."
package irondrift.pci.T11

import data.irondrift.pci.audit

warn contains "TLS sessions failed: after a hardening that is expected, otherwise find the peers that could not connect" if input.entity.values.peer_networks

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSECURE"}, release)
