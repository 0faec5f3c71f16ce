# METADATA
# title: PROFILE TCPIP holds no passwords
# custom:
#   id: U21A
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.6.2"]
#   entity: zvm/tcpip/autolog/<user>
#   keys:
#     required: ["password_class"]
#   remediation: "Take the password off the AUTOLOG list and authorise the start with an AUTOLOG statement of the directory"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack."
package irondrift.pci.U21A

warn contains msg if {
	input.entity.values.password_class != "none"
	msg := sprintf("AUTOLOG codes a password (%s) in clear text, in a file that all users of TCP/IP can read", [input.entity.values.password_class])
}
