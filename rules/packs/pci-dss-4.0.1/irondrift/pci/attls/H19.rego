# METADATA
# title: AT-TLS traces show no application data
# custom:
#   id: H19
#   severity: low
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["Trace"]
#     optional: ["CtraceClearText"]
#   remediation: "Set Trace to 7 or less (errors and information), CtraceClearText to Off; raise them for the time of a problem only"
#   limits: "Bits above 32 are not documented in full. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.H19

v := input.entity.values

deny contains "Trace 255 writes everything, application data with it, to syslog; it is for debugging only" if v.Trace == 255

warn contains msg if {
	v.Trace != 255
	bits.and(v.Trace, 224) != 0
	msg := sprintf("Trace %d includes bits from 32 on, with which application data can reach syslog", [v.Trace])
}

warn contains "CtraceClearText is On: decrypted data may appear in component traces" if v.CtraceClearText == true
