# METADATA
# title: Powerful profiles need explicit authority to devices
# custom:
#   id: A31
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QLMTSECOFR"]
#   remediation: "CHGSYSVAL SYSVAL(QLMTSECOFR) VALUE('1')"
#   limits: "Concerns display stations only; profiles with *ALLOBJ or *SERVICE reach other interfaces all the same."
package irondrift.pci.A31

warn contains "QLMTSECOFR is 0: profiles with *ALLOBJ or *SERVICE may sign on at any display station" if input.entity.values.QLMTSECOFR == 0
