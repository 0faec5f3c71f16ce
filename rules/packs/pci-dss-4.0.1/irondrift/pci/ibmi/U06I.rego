# METADATA
# title: Idle sessions end after 15 minutes
# custom:
#   id: U06I
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.2.8"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QINACTITV", "QINACTMSGQ"]
#     optional: ["QDSCJOBITV"]
#   parameters:
#     max_minutes:
#       meaning: longest accepted QINACTITV in minutes
#       default: 15
#       min: 5
#       max: 15
#   remediation: "CHGSYSVAL SYSVAL(QINACTITV) VALUE('15'), CHGSYSVAL SYSVAL(QINACTMSGQ) VALUE('*DSCJOB') and CHGSYSVAL SYSVAL(QDSCJOBITV) VALUE('60')"
#   limits: "Interactive jobs only: ODBC, FTP, SSH and web sessions have time-outs of their own, and a workstation's screen lock is not visible here."
package irondrift.pci.U06I

v := input.entity.values

deny contains "QINACTITV is *NONE: idle jobs are never acted on" if v.QINACTITV == "*NONE"

deny contains msg if {
	regex.match(`^[0-9]+$`, v.QINACTITV)
	to_number(v.QINACTITV) > input.parameters.max_minutes
	msg := sprintf("QINACTITV is %s minutes: at most %d are accepted", [v.QINACTITV, input.parameters.max_minutes])
}

deny contains msg if {
	not v.QINACTMSGQ in {"*ENDJOB", "*DSCJOB"}
	msg := sprintf("QINACTMSGQ is %s: a message is sent and the session stays open", [v.QINACTMSGQ])
}

warn contains "QINACTMSGQ is *DSCJOB and QDSCJOBITV is *NONE: disconnected jobs wait for ever" if {
	v.QINACTMSGQ == "*DSCJOB"
	v.QDSCJOBITV == "*NONE"
}

no_data contains msg if {
	not regex.match(`^([1-9][0-9]*|\*NONE)$`, v.QINACTITV)
	msg := sprintf("QINACTITV is %q, which is neither a number nor *NONE", [v.QINACTITV])
}
