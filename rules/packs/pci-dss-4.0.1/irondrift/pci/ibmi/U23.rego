# METADATA
# title: The system keeps no passwords that can be decrypted
# custom:
#   id: U23
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.2"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QRETSVRSEC"]
#   remediation: "CHGSYSVAL SYSVAL(QRETSVRSEC) VALUE('0') when no server authentication entry needs its password (DSPSVRAUTE)"
#   limits: "Whether there are entries with passwords is not in the value; products such as DDM and management tools need it. System values show what is set, not what every job, application or exit program does with it."
package irondrift.pci.U23

warn contains "QRETSVRSEC is 1: passwords of server authentication entries are stored so that they can be decrypted" if input.entity.values.QRETSVRSEC == 1
