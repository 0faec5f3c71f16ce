# METADATA
# title: Profiles that IBM supplies cannot be signed on to
# custom:
#   id: H04I
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.2", "2.2.4"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["no_password", "status"]
#   facts:
#     required: ["supplied"]
#     optional: ["owner/<id>"]
#   remediation: "CHGUSRPRF USRPRF(name) PASSWORD(*NONE); keep QSECOFR for emergencies and state its owner as fact owner"
#   limits: "Which supplied profiles are needed is for the site to say (fact owner/<id>). Dedicated service tools have users of their own. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.H04I

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

deny contains "shipped by IBM, enabled and with a password: set PASSWORD(*NONE), or state who owns it" if {
	input.facts.supplied
	can_sign_on
	not input.facts.owner
}

not_applicable contains "not a profile that IBM supplies" if not input.facts.supplied
