# METADATA
# title: What powerful profiles run is logged
# custom:
#   id: L04U
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1.2"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["special_authorities", "action_auditing", "status", "no_password"]
#   parameters:
#     powerful:
#       meaning: special authorities whose holders are audited by command
#       default: ["*ALLOBJ", "*SECADM"]
#       includes: ["*ALLOBJ"]
#       within: ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE", "*JOBCTL", "*SPLCTL"]
#   remediation: "CHGUSRAUD USRPRF(name) AUDLVL(*CMD)"
#   limits: "Commands only: what is done by SQL or in a program needs object auditing and the audit values of QAUDLVL. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.L04U

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

powerful contains a if {
	some a in v.special_authorities
	a in input.parameters.powerful
}

subject if {
	can_sign_on
	count(powerful) > 0
}

deny contains msg if {
	subject
	not "*CMD" in v.action_auditing
	msg := sprintf("holds %s, and its commands are not logged", [concat(", ", sort(powerful))])
}

not_applicable contains "holds no special authority on the list, or nobody can sign on to it" if not subject
