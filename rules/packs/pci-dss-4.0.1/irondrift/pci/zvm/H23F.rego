# METADATA
# title: FTP sessions must be encrypted
# custom:
#   id: H23F
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "8.3.2"]
#   entity: zvm/ftp
#   keys:
#     required: ["securecontrol", "securedata"]
#   remediation: "SECURECONTROL REQUIRED and SECUREDATA REQUIRED in SRVRFTP CONFIG"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack. Client sessions from this system to others are not visible."
package irondrift.pci.H23F

values := input.entity.values

deny contains msg if {
	values.securecontrol != "required"
	msg := sprintf("SECURECONTROL is %s: passwords of FTP users travel without TLS", [values.securecontrol])
}

deny contains msg if {
	values.securedata != "required"
	msg := sprintf("SECUREDATA is %s: files travel without TLS", [values.securedata])
}
