# METADATA
# title: The security level protects objects and the operating system
# description: |
#   At 30 programs can reach into the operating system past its interfaces; at 20
#   every user holds *ALLOBJ.
# custom:
#   id: H30
#   severity: critical
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.1", "7.2.1"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QSECURITY"]
#     optional: ["/ibmi/security/PENDING_SECURITY_LEVEL"]
#   parameters:
#     min_level:
#       meaning: lowest QSECURITY that is accepted
#       default: 40
#       min: 40
#       max: 50
#   remediation: "CHGSYSVAL SYSVAL(QSECURITY) VALUE('40'), effective at the next IPL; look at audit entries AF and *PGMFAIL first"
#   limits: "The value is the one in effect; a pending one, where the extract shows it, takes effect at the next IPL. System values show what is set, not what every job, application or exit program does with it."
package irondrift.pci.H30

v := input.entity.values

deny contains msg if {
	v.QSECURITY < input.parameters.min_level
	msg := sprintf("QSECURITY is %d, below %d", [v.QSECURITY, input.parameters.min_level])
}

warn contains msg if {
	v.QSECURITY >= input.parameters.min_level
	pending := v["ibmi/security/PENDING_SECURITY_LEVEL"]
	regex.match(`^[0-9]+$`, pending)
	to_number(pending) < input.parameters.min_level
	msg := sprintf("QSECURITY will be %s after the next IPL", [pending])
}
