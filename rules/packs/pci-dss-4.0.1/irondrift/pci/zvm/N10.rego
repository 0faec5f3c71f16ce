# METADATA
# title: General users cannot create networks of their own
# custom:
#   id: N10
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.3.1", "2.2.6"]
#   entity: zvm/vmlan
#   keys:
#     required: ["limit/transient"]
#   remediation: "VMLAN LIMIT TRANSIENT 0 in SYSTEM CONFIG"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since."
package irondrift.pci.N10

limit := input.entity.values["limit/transient"]

deny contains msg if {
	limit != "0"
	msg := sprintf("the limit of transient guest LANs is %s: a class G guest can define a network that no control sees", [limit])
}
