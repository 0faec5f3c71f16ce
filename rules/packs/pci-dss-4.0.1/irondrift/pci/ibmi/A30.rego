# METADATA
# title: New objects are closed to the public
# custom:
#   id: A30
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.1", "7.3.3"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QCRTAUT"]
#   parameters:
#     open:
#       meaning: public authorities that are too much
#       default: ["*ALL", "*CHANGE"]
#       includes: ["*ALL", "*CHANGE"]
#       within: ["*ALL", "*CHANGE", "*USE"]
#   remediation: "CHGSYSVAL SYSVAL(QCRTAUT) VALUE('*USE'), after CHGLIB CRTAUT on libraries that rely on it"
#   limits: "Libraries can have a CRTAUT of their own, and existing objects keep the authority they have."
package irondrift.pci.A30

v := input.entity.values

deny contains msg if {
	v.QCRTAUT in input.parameters.open
	msg := sprintf("QCRTAUT is %s: everybody may change new objects unless their library says otherwise", [v.QCRTAUT])
}

warn contains msg if {
	not startswith(v.QCRTAUT, "*")
	msg := sprintf("QCRTAUT is the authorization list %s: look at its public authority", [v.QCRTAUT])
}

warn contains msg if {
	startswith(v.QCRTAUT, "*")
	not v.QCRTAUT in ["*ALL", "*CHANGE", "*EXCLUDE", "*USE"]
	msg := sprintf("QCRTAUT is %s, which is no value that is known", [v.QCRTAUT])
}
