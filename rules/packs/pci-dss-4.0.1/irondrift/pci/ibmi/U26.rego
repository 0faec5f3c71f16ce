# METADATA
# title: Old password hashes are gone
# custom:
#   id: U26
#   severity: low
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["8.3.2"]
#   entity: ibmi/user/<id>
#   keys:
#     required: ["no_password"]
#     optional: ["password_level_0_1"]
#   remediation: "QPWDLVL 3, and a change of the password; DSPUSRPRF shows what is stored"
#   limits: "From QPWDLVL 3 on the system removes them at the IPL. A profile is judged by itself: what its groups and adopted authority add is not in it. The service lists only profiles that the collecting user may see."
package irondrift.pci.U26

v := input.entity.values

warn contains "a password hash of level 0 or 1 is stored, which is easy to recover" if {
	v.no_password == false
	v.password_level_0_1
}

no_data contains "the extract does not show which hashes are stored" if {
	v.no_password == false
	not is_boolean(object.get(v, "password_level_0_1", null))
}
