# METADATA
# title: Generic profiles cannot be undercut
# custom:
#   id: H14
#   severity: low
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["GENOWNER", "EGN", "ADSP"]
#   remediation: "SETROPTS GENERICOWNER EGN NOADSP"
#   limits: "A site's standard may differ; set the finding aside with an allow-list entry that says so."
package irondrift.pci.H14

deny contains "GENERICOWNER is off: profiles below a generic one can be made by anybody with CLAUTH" if input.entity.values.GENOWNER == false

deny contains "EGN is off" if input.entity.values.EGN == false

deny contains "ADSP is on: discrete profiles come into being by themselves" if input.entity.values.ADSP == true
