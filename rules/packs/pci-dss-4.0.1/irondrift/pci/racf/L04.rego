# METADATA
# title: What privileged users do is logged
# custom:
#   id: L04
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.2"]
#   entity: racf/setropts
#   keys:
#     required: ["SAUDIT", "OPERAUDT"]
#   remediation: "SETROPTS SAUDIT OPERAUDIT"
#   limits: "SAUDIT logs RACF commands, not every action of an administrator. Audit options show only to a user with auditing authority."
package irondrift.pci.L04

deny contains "SAUDIT is off: RACF commands of SPECIAL users are not logged" if input.entity.values.SAUDIT == false

deny contains "OPERAUDIT is off: access through OPERATIONS is not logged" if input.entity.values.OPERAUDT == false
