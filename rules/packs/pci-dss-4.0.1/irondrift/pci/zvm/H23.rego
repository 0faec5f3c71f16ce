# METADATA
# title: Telnet sessions must be encrypted
# custom:
#   id: H23
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "8.3.2"]
#   entity: zvm/tcpip/telnet
#   keys:
#     required: ["secureconnection"]
#   remediation: "INTERNALCLIENTPARMS SECURECONNECTION REQUIRED TLSLABEL label ENDINTERNALCLIENTPARMS in PROFILE TCPIP"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack. Consoles of the HMC are outside."
package irondrift.pci.H23

state := input.entity.values.secureconnection

deny contains msg if {
	state != "required"
	msg := sprintf("SECURECONNECTION is %s: people log on to CP, and passwords travel, without TLS", [state])
}
