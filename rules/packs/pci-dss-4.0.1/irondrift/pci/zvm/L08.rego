# METADATA
# title: RACF stops when it cannot write audit records
# custom:
#   id: L08
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.6", "10.7.2"]
#   entity: zvm/racf/audit
#   keys:
#     required: ["sever"]
#   remediation: "SEVER YES in SMF CONTROL on the disk of the RACF server, and a second disk for audit records"
#   limits: "SMF CONTROL takes effect when the server starts. Whether somebody is told that recording stopped is not visible."
package irondrift.pci.L08

deny contains "SEVER NO: RACF goes on without writing audit records when their disks are full" if input.entity.values.sever == "no"
