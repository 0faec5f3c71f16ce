# METADATA
# title: Passwords of system accounts need not be written into command files
# custom:
#   id: U21
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.6.2"]
#   entity: zvm/feature
#   keys:
#     required: ["passwords_on_cmds/autolog", "passwords_on_cmds/link", "passwords_on_cmds/logon"]
#     optional: ["passwords_on_cmds/xautolog"]
#   remediation: "FEATURES PASSWORDS_ON_CMDS AUTOLOG NO LINK NO LOGON NO in SYSTEM CONFIG; authorise starts with AUTOLOG statements of the directory"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since. Command files themselves are not searched."
package irondrift.pci.U21

values := input.entity.values

taken contains "AUTOLOG" if values["passwords_on_cmds/autolog"] == "yes"

taken contains "LINK" if values["passwords_on_cmds/link"] == "yes"

taken contains "LOGON" if values["passwords_on_cmds/logon"] == "yes"

taken contains "XAUTOLOG" if values["passwords_on_cmds/xautolog"] == "yes"

deny contains msg if {
	count(taken) > 0
	msg := sprintf("%s accept a password on the command line, so EXECs can hold one", [concat(", ", sort(taken))])
}
