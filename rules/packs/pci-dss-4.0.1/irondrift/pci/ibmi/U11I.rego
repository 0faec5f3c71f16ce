# METADATA
# title: Failed sign-on attempts disable the profile
# description: |
#   The standard allows at most ten attempts. A disabled profile stays so until an
#   administrator enables it, so the thirty minutes are met; a disabled device alone
#   leaves the profile usable elsewhere.
# custom:
#   id: U11I
#   severity: high
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["8.3.4"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QMAXSIGN", "QMAXSGNACN"]
#   parameters:
#     max_attempts:
#       meaning: highest QMAXSIGN that is accepted
#       default: 10
#       min: 1
#       max: 10
#   remediation: "CHGSYSVAL SYSVAL(QMAXSIGN) VALUE('5') and CHGSYSVAL SYSVAL(QMAXSGNACN) VALUE('3')"
#   limits: "Profiles can have a limit of their own (check U24). Applications with their own users keep their own counters."
package irondrift.pci.U11I

v := input.entity.values

deny contains "QMAXSIGN is *NOMAX: no number of failed attempts disables a profile" if v.QMAXSIGN == "*NOMAX"

deny contains msg if {
	regex.match(`^[0-9]+$`, v.QMAXSIGN)
	to_number(v.QMAXSIGN) > input.parameters.max_attempts
	msg := sprintf("QMAXSIGN is %s: at most %d attempts are accepted", [v.QMAXSIGN, input.parameters.max_attempts])
}

deny contains "QMAXSGNACN is 1: only the device is disabled, the profile stays usable from another" if v.QMAXSGNACN == 1

no_data contains msg if {
	not regex.match(`^([1-9][0-9]*|\*NOMAX)$`, v.QMAXSIGN)
	msg := sprintf("QMAXSIGN is %q, which is neither a number nor *NOMAX", [v.QMAXSIGN])
}

no_data contains msg if {
	not v.QMAXSGNACN in {1, 2, 3}
	msg := sprintf("QMAXSGNACN is %d, which is not one of 1, 2, 3", [v.QMAXSGNACN])
}
