# METADATA
# title: Special authorities are approved
# custom:
#   id: A04I
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.1", "7.2.2", "7.2.5"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["special_authorities", "no_password"]
#   facts:
#     required: ["supplied"]
#     optional: ["approved_authorities/<id>"]
#   parameters:
#     powerful:
#       meaning: special authorities that need an approval
#       default: ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]
#       includes: ["*ALLOBJ", "*SECADM"]
#       within: ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE", "*JOBCTL", "*SPLCTL"]
#   remediation: "CHGUSRPRF USRPRF(name) SPCAUT(...) without what is not needed; record what is approved as fact approved_authorities"
#   limits: "A disabled profile, or one without a password, can still own batch jobs. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.A04I

v := input.entity.values

held := {a | some a in v.special_authorities; a in input.parameters.powerful}

shipped if {
	input.facts.supplied
	v.no_password
}

deny contains msg if {
	not shipped
	input.facts.approved_authorities
	excess := held - {a | some a in input.facts.approved_authorities}
	count(excess) > 0
	msg := sprintf("holds %s, which its approval does not list", [concat(", ", sort(excess))])
}

warn contains msg if {
	not shipped
	not input.facts.approved_authorities
	count(held) > 0
	msg := sprintf("holds %s without an entry among the approved authorities", [concat(", ", sort(held))])
}

not_applicable contains "shipped so by IBM, and nobody can sign on to it" if shipped
