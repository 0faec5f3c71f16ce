# METADATA
# title: I/O is stamped with synchronised time
# custom:
#   id: L14
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["10.6.1", "10.6.2"]
#   entity: zvm/feature
#   keys:
#     required: ["stp_timestamping"]
#   remediation: "FEATURES ENABLE STP_TIMESTAMPING in SYSTEM CONFIG"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since. Where the machine takes its time from is set at the hardware."
package irondrift.pci.L14

warn contains "STP_TIMESTAMPING is off: records of I/O do not carry the time of the time server" if input.entity.values.stp_timestamping == "off"
