# METADATA
# title: User domain objects and shared memory are limited
# custom:
#   id: H35
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QALWUSRDMN", "QSHRMEMCTL"]
#   remediation: "CHGSYSVAL SYSVAL(QALWUSRDMN) VALUE('QTEMP') and CHGSYSVAL SYSVAL(QSHRMEMCTL) VALUE('0'), when no application needs more"
#   limits: "System values show what is set, not what every job, application or exit program does with it."
package irondrift.pci.H35

v := input.entity.values

warn contains "QALWUSRDMN is *ALL: every library may hold objects that programs change past the audited interfaces" if "*ALL" in v.QALWUSRDMN

warn contains "QSHRMEMCTL is 1: programs may write to shared memory" if v.QSHRMEMCTL == 1
