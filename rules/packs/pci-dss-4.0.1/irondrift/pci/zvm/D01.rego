# METADATA
# title: Data left on temporary disks does not outlive its use
# custom:
#   id: D01
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["3.2.1"]
#   entity: zvm/feature
#   keys:
#     required: ["clear_tdisk"]
#   remediation: "FEATURES ENABLE CLEAR_TDISK in SYSTEM CONFIG"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since. Retention of account data itself is not visible here."
package irondrift.pci.D01

warn contains "CLEAR_TDISK is off: what was written to a temporary disk is kept until the space is used again" if input.entity.values.clear_tdisk == "off"
