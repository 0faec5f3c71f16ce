# METADATA
# title: A profile is not signed on at many devices at once
# custom:
#   id: U27
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.2.2"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QLMTDEVSSN"]
#   remediation: "CHGSYSVAL SYSVAL(QLMTDEVSSN) VALUE('1')"
#   limits: "Concerns display sessions only; a profile can say otherwise (LMTDEVSSN). A limit makes sharing a profile awkward, it does not show that none is shared."
package irondrift.pci.U27

warn contains "QLMTDEVSSN is 0: several people can use one profile at the same time without being noticed" if input.entity.values.QLMTDEVSSN == 0
