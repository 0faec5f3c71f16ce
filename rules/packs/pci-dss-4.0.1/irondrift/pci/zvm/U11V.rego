# METADATA
# title: Wrong passwords lock a user out
# custom:
#   id: U11V
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.4"]
#   entity: zvm/journal
#   keys:
#     required: ["facility"]
#     optional: ["logon/lockout/attempts", "logon/lockout/minutes"]
#   facts:
#     optional: ["esm"]
#   parameters:
#     max_attempts:
#       meaning: wrong passwords that are allowed
#       default: 10
#       min: 1
#       max: 10
#     min_minutes:
#       meaning: minutes that a lock-out lasts at least
#       default: 30
#       min: 30
#   remediation: "JOURNALING FACILITY ON SET_AND_QUERY ON LOGON LOCKOUT AFTER 3 ATTEMPTS FOR 30 MINUTES in SYSTEM CONFIG"
#   limits: "SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since. Where a security manager checks passwords, its own limit counts."
package irondrift.pci.U11V

values := input.entity.values

esm := lower(input.facts.esm)

by_esm if esm != "none"

attempts := values["logon/lockout/attempts"]

minutes := values["logon/lockout/minutes"]

deny contains "JOURNALING is off: CP counts no wrong passwords" if {
	not by_esm
	values.facility == "off"
}

deny contains "LOGON has no lock-out after wrong passwords" if {
	not by_esm
	values.facility == "on"
	attempts == "none"
}

deny contains msg if {
	not by_esm
	values.facility == "on"
	attempts != "none"
	to_number(attempts) > input.parameters.max_attempts
	msg := sprintf("LOGON locks out after %s wrong passwords, and %v is the most", [attempts, input.parameters.max_attempts])
}

deny contains msg if {
	not by_esm
	values.facility == "on"
	attempts != "none"
	minutes > 0
	minutes < input.parameters.min_minutes
	msg := sprintf("a lock-out lasts %v minutes, and %v is the least", [minutes, input.parameters.min_minutes])
}

warn contains msg if {
	by_esm
	esm != "racf"
	msg := sprintf("%s checks passwords: show its limit of wrong ones", [esm])
}

no_data contains "the lock-out of LOGON is not stated, and the default of the release is not known" if {
	not by_esm
	values.facility == "on"
	not attempts
}

not_applicable contains "RACF checks passwords: U11 judges its limit" if esm == "racf"
