# METADATA
# title: Commands take no passwords in clear text
# custom:
#   id: H17
#   severity: high
#   basis: hardening
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   entity: zvm/feature
#   keys:
#     required: ["passwords_on_cmds/autolog", "passwords_on_cmds/link", "passwords_on_cmds/logon"]
#     optional: ["passwords_on_cmds/xautolog"]
#   remediation: "FEATURES PASSWORDS_ON_CMDS AUTOLOG NO LINK NO LOGON NO in SYSTEM CONFIG"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since."
package irondrift.pci.H17

values := input.entity.values

taken contains "AUTOLOG" if values["passwords_on_cmds/autolog"] == "yes"

taken contains "LINK" if values["passwords_on_cmds/link"] == "yes"

taken contains "LOGON" if values["passwords_on_cmds/logon"] == "yes"

taken contains "XAUTOLOG" if values["passwords_on_cmds/xautolog"] == "yes"

deny contains msg if {
	count(taken) > 0
	msg := sprintf("a password may stand on the line of %s, where screens, logs and recalled commands show it", [concat(", ", sort(taken))])
}
