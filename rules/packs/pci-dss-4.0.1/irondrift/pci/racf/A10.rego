# METADATA
# title: Access is denied unless a profile allows it
# custom:
#   id: A10
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["7.3.3"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["PROTALL"]
#   remediation: "SETROPTS PROTECTALL(FAILURES)"
#   limits: "Profiles with universal access, warning mode and the global access table also let users in; they are not in SETROPTS LIST."
package irondrift.pci.A10

deny contains msg if {
	input.entity.values.PROTALL == "none"
	msg := "PROTECTALL is not in effect: data sets without a profile are open"
}

deny contains "PROTECTALL(WARNING): access to data sets without a profile is only reported" if input.entity.values.PROTALL == "WARNING"
