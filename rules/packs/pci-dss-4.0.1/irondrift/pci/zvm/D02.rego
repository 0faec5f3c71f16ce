# METADATA
# title: Memory of guests that is paged out is encrypted
# custom:
#   id: D02
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["3.5.1.2", "3.6.1"]
#   entity: zvm/encrypt/paging
#   keys:
#     required: ["state"]
#   remediation: "ENCRYPT PAGING REQUIRED ALGORITHM AES256 in SYSTEM CONFIG; it needs a z14 or later"
#   limits: "It protects pages of memory, not stored account data. SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since."
package irondrift.pci.D02

warn contains "encrypted paging is off: memory of guests lies on the paging volumes as it is" if input.entity.values.state == "off"
