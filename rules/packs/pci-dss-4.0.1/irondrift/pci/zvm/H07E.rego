# METADATA
# title: FTP is under control of the security manager
# custom:
#   id: H07E
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.3.2"]
#   entity: zvm/ftp
#   keys:
#     required: ["esm_enable"]
#     optional: ["esm_validate", "esm_racroute"]
#   facts:
#     optional: ["esm"]
#   remediation: ":ESM_Enable.YES :ESM_Validate.YES :ESM_Racroute.YES in the DTCPARMS entry of the FTP server"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack."
package irondrift.pci.H07E

values := input.entity.values

without_esm if lower(input.facts.esm) == "none"

deny contains "ESM_Enable is not YES: the FTP server checks passwords and files against the directory only" if {
	not without_esm
	values.esm_enable == "no"
}

deny contains "ESM_Validate is NO: the security manager does not check the passwords of FTP users" if {
	not without_esm
	values.esm_enable == "yes"
	values.esm_validate == "no"
}

deny contains "ESM_Racroute is NO: the security manager does not check what FTP users reach" if {
	not without_esm
	values.esm_enable == "yes"
	values.esm_racroute == "no"
}

not_applicable contains "the configuration states that there is no security manager: A08 judges that" if without_esm
