# METADATA
# title: Data sets without a profile are protected
# custom:
#   id: H09
#   severity: high
#   basis: hardening
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["PROTALL"]
#   remediation: "SETROPTS PROTECTALL(FAILURES)"
#   limits: "Exceptions such as trusted started tasks and users with OPERATIONS are not visible."
package irondrift.pci.H09

deny contains msg if {
	input.entity.values.PROTALL == "none"
	msg := "PROTECTALL is not in effect: data sets without a profile are open"
}

warn contains "PROTECTALL(WARNING): access to data sets without a profile is only reported" if input.entity.values.PROTALL == "WARNING"
