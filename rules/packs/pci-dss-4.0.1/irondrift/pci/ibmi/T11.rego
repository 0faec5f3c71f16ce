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
#   remediation: "Look at the X entries of the port and at the clients behind them"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. The entry does not always say why a session failed."
package irondrift.pci.T11

warn contains "TLS sessions failed: after a hardening that is expected, otherwise find the peers that could not connect" if input.entity.values.peer_networks
