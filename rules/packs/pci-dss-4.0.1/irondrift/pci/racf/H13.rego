# METADATA
# title: Jobs from the network and undefined users get no real identity
# custom:
#   id: H13
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.6"]
#   platforms: ["zos"]
#   entity: racf/setropts
#   keys:
#     required: ["JESNJE", "JESUNDEF"]
#   remediation: "SETROPTS JES(NJEUSERID(????????) UNDEFINEDUSER(++++++++))"
#   limits: "Whether a named identity exists as a user is not in SETROPTS LIST."
package irondrift.pci.H13

warn contains msg if {
	not input.entity.values.JESNJE in {"????????", "none"}
	msg := sprintf("NJEUSERID is %s: show that it is not a real user", [input.entity.values.JESNJE])
}

warn contains msg if {
	not input.entity.values.JESUNDEF in {"++++++++", "none"}
	msg := sprintf("UNDEFINEDUSER is %s: show that it is not a real user", [input.entity.values.JESUNDEF])
}
