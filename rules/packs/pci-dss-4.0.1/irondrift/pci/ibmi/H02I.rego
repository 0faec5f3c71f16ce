# METADATA
# title: No profile has its own name as password
# custom:
#   id: H02I
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.2", "8.3.6"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["default_password", "status"]
#   remediation: "CHGUSRPRF USRPRF(name) PASSWORD(*NONE) or a new one with PWDEXP(*YES); ANZDFTPWD ACTION(*DISABLE *PWDEXP) for all"
#   limits: "Shows the password that equals the profile's name, no other guessable one. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.H02I

v := input.entity.values

deny contains "the password is the name of the profile" if {
	v.default_password
	v.status == "*ENABLED"
}

warn contains "the password is the name of the profile, which is disabled: enabling it opens the system" if {
	v.default_password
	v.status != "*ENABLED"
}
