# METADATA
# title: A changed password cannot be changed again at once
# custom:
#   id: U14I
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.3.7"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QPWDCHGBLK"]
#   remediation: "CHGSYSVAL SYSVAL(QPWDCHGBLK) VALUE('24')"
#   limits: "The standard names no figure: it keeps users from cycling through the history."
package irondrift.pci.U14I

warn contains "QPWDCHGBLK is *NONE: a user can cycle through the password history in a minute" if input.entity.values.QPWDCHGBLK == "*NONE"

warn contains msg if {
	hours := input.entity.values.QPWDCHGBLK
	hours != "*NONE"
	not regex.match(`^[0-9]+$`, hours)
	msg := sprintf("QPWDCHGBLK is %s, which is no value that is known", [hours])
}
