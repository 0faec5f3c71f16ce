# METADATA
# title: zERT recording was not stopped
# custom:
#   id: L07
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.6"]
#   entity: zert/<system>/<stack>
#   keys:
#     required: ["aggregation"]
#   remediation: "GLOBALCONFIG ZERT AGGREGATION in the TCP/IP profile, and alert on disable events"
#   limits: "Shows zERT's own events; other audit logs have theirs. A stack that never recorded leaves no event."
package irondrift.pci.L07

warn contains "zERT aggregation was disabled: find the change or incident behind it" if "disabled" in input.entity.values.aggregation
