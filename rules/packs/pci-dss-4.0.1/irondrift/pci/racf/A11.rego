# METADATA
# title: Virtual networks are under control of the security manager
# custom:
#   id: A11
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.3.2"]
#   platforms: ["zvm"]
#   entity: racf/setropts
#   keys:
#     required: ["CLASSACT"]
#   remediation: "RAC SETROPTS CLASSACT(VMLAN), with profiles for each switch and LAN"
#   limits: "An active class without profiles protects little; profiles are not in SETROPTS LIST."
package irondrift.pci.A11

deny contains "class VMLAN is not active: RACF does not decide who couples to a virtual switch or guest LAN, nor does it log it" if not "VMLAN" in input.entity.values.CLASSACT
