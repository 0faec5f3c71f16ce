# METADATA
# title: Ordinary users are kept from commands
# custom:
#   id: A33
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["user_class", "limit_capabilities", "status", "no_password"]
#   remediation: "CHGUSRPRF USRPRF(name) LMTCPB(*YES)"
#   limits: "Holds for the command line of a 5250 session; ODBC, FTP and remote commands are limited by exit programs. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.A33

v := input.entity.values

can_sign_on if {
	v.status == "*ENABLED"
	v.no_password == false
}

warn contains msg if {
	can_sign_on
	v.user_class == "*USER"
	v.limit_capabilities != "*YES"
	msg := sprintf("class *USER with LMTCPB(%s): commands can be entered", [v.limit_capabilities])
}

not_applicable contains "not an ordinary user who can sign on" if not ordinary

ordinary if {
	can_sign_on
	v.user_class == "*USER"
}
