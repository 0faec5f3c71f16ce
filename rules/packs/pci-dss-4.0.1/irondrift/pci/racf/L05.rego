# METADATA
# title: Invalid access attempts are logged
# custom:
#   id: L05
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.4"]
#   entity: racf/setropts
#   keys:
#     required: ["CMDVIOL", "INITSTAT", "LOGNEVER"]
#   remediation: "SETROPTS CMDVIOL INITSTATS LOGOPTIONS(DEFAULT(class))"
#   limits: "Logging options of single profiles are not in SETROPTS LIST. Audit options show only to a user with auditing authority."
package irondrift.pci.L05

deny contains "CMDVIOL is off: refused RACF commands are not logged" if input.entity.values.CMDVIOL == false

deny contains "INITSTATS is off" if input.entity.values.INITSTAT == false

deny contains msg if {
	some name in input.entity.values.LOGNEVER
	msg := sprintf("LOGOPTIONS(NEVER) holds class %s: refused accesses are not logged", [name])
}
