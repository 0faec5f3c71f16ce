# METADATA
# title: Password hashes are of a strong kind
# description: |
#   Levels 0 to 2 keep hashes of older levels, or of NetServer, that are easy to
#   recover; level 3 drops them, level 4 (from 7.5) uses the strongest.
# custom:
#   id: U08I
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.2"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QPWDLVL"]
#     optional: ["/ibmi/security/PENDING_PASSWORD_LEVEL"]
#   remediation: "CHGSYSVAL SYSVAL(QPWDLVL) VALUE('3'), effective at the next IPL; move clients that need the old NetServer hash first"
#   limits: "Old hashes stay in a profile until its password changes; password_level_0_1 of the profile shows them. System values show what is set, not what every job, application or exit program does with it."
package irondrift.pci.U08I

v := input.entity.values

deny contains msg if {
	v.QPWDLVL < 2
	msg := sprintf("QPWDLVL is %d: passwords end at 10 characters and their hashes are weak", [v.QPWDLVL])
}

warn contains "QPWDLVL is 2: hashes of the older levels are kept beside the strong one" if v.QPWDLVL == 2

warn contains msg if {
	v.QPWDLVL > 2
	pending := v["ibmi/security/PENDING_PASSWORD_LEVEL"]
	regex.match(`^[0-2]$`, pending)
	msg := sprintf("QPWDLVL will be %s after the next IPL", [pending])
}
