# METADATA
# title: Remote sign-on cannot skip the sign-on display
# custom:
#   id: H31
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.1"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QRMTSIGN"]
#   parameters:
#     accepted:
#       meaning: values that are accepted
#       default: ["*FRCSIGNON", "*REJECT", "*VERIFY"]
#       within: ["*FRCSIGNON", "*REJECT", "*VERIFY"]
#   remediation: "CHGSYSVAL SYSVAL(QRMTSIGN) VALUE('*FRCSIGNON')"
#   limits: "Concerns display station pass-through and Telnet that bypasses sign-on. What a program named in the value decides is not visible."
package irondrift.pci.H31

v := input.entity.values

program if not startswith(v.QRMTSIGN, "*")

deny contains msg if {
	not program
	not v.QRMTSIGN in input.parameters.accepted
	msg := sprintf("QRMTSIGN is %s: who is signed on elsewhere may get in without signing on", [v.QRMTSIGN])
}

warn contains msg if {
	program
	msg := sprintf("QRMTSIGN is the program %s: look at what it allows", [v.QRMTSIGN])
}
