# METADATA
# title: Access through every group of a user is checked
# custom:
#   id: H11
#   severity: low
#   basis: hardening
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: racf/setropts
#   keys:
#     required: ["GRPLIST"]
#   remediation: "SETROPTS GRPLIST"
#   limits: "It says nothing about which groups users are in."
package irondrift.pci.H11

deny contains "list of groups checking is inactive" if input.entity.values.GRPLIST == false
