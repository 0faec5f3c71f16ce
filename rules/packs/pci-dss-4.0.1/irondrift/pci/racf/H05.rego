# METADATA
# title: The RVARY passwords are not the default
# custom:
#   id: H05
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.2"]
#   entity: racf/setropts
#   keys:
#     required: ["RVARSWPW", "RVARSTPW"]
#   remediation: "SETROPTS RVARYPW(SWITCH(...) STATUS(...))"
#   limits: "That the passwords were set by the site says nothing about how good they are or who knows them."
package irondrift.pci.H05

deny contains "the default RVARY password is in effect for SWITCH" if input.entity.values.RVARSWPW == "DEFAULT"

deny contains "the default RVARY password is in effect for ACTIVE and INACTIVE" if input.entity.values.RVARSTPW == "DEFAULT"

warn contains msg if {
	some name in ["RVARSWPW", "RVARSTPW"]
	not input.entity.values[name] in {"DEFAULT", "INSTLN"}
	msg := sprintf("%s is %s, which cannot be judged", [name, input.entity.values[name]])
}
