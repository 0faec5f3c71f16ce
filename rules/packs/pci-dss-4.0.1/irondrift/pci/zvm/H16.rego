# METADATA
# title: Temporary disks are cleared before another user gets them
# custom:
#   id: H16
#   severity: medium
#   basis: hardening
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: zvm/feature
#   keys:
#     required: ["clear_tdisk"]
#   remediation: "FEATURES ENABLE CLEAR_TDISK in SYSTEM CONFIG"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since. Where the file does not state it, the value is the published default of the release, when there is one (key from)."
package irondrift.pci.H16

deny contains "CLEAR_TDISK is off: a temporary disk still holds what its last user wrote" if input.entity.values.clear_tdisk == "off"
