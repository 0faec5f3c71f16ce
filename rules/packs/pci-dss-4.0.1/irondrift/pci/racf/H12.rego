# METADATA
# title: Batch jobs run under a verified identity
# custom:
#   id: H12
#   severity: high
#   basis: hardening
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["JESBATCH", "JESXBM", "JESEARLY"]
#   remediation: "SETROPTS JES(BATCHALLRACF XBMALLRACF EARLYVERIFY)"
#   limits: "Jobs of other schedulers than JES are not covered."
package irondrift.pci.H12

deny contains "BATCHALLRACF is inactive" if input.entity.values.JESBATCH == false

deny contains "XBMALLRACF is inactive" if input.entity.values.JESXBM == false

deny contains "EARLYVERIFY is inactive" if input.entity.values.JESEARLY == false
