# METADATA
# title: Remote start and remote service are off
# custom:
#   id: H33
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.4"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QRMTIPL", "QRMTSRVATR"]
#   remediation: "CHGSYSVAL SYSVAL(QRMTIPL) VALUE('0') and CHGSYSVAL SYSVAL(QRMTSRVATR) VALUE('0')"
#   limits: "System values show what is set, not what every job, application or exit program does with it."
package irondrift.pci.H33

v := input.entity.values

deny contains "QRMTIPL is 1: the system can be started from remote" if v.QRMTIPL == 1

deny contains "QRMTSRVATR is 1: remote service is allowed all the time" if v.QRMTSRVATR == 1
