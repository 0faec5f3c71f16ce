# METADATA
# title: Security auditing is on
# description: |
#   QAUDCTL switches auditing on; it takes *AUDLVL, *OBJAUD and *NOQTEMP. The
#   network values (*NETSCK and so on) belong in QAUDLVL or QAUDLVL2: an article that
#   many administrators follow names QAUDCTL in one place.
# custom:
#   id: L01I
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUDCTL", "QAUDLVL"]
#     optional: ["/ibmi/security/AUDIT_JOURNAL_EXISTS"]
#   remediation: "CHGSECAUD QAUDCTL(*AUDLVL *OBJAUD *NOQTEMP) QAUDLVL(...), which also creates QSYS/QAUDJRN"
#   limits: "The effective set is that of the time of the extract; per-profile auditing adds to it. That entries are kept, and for how long, is not in the values."
package irondrift.pci.L01I

v := input.entity.values

deny contains "QAUDCTL is *NONE: nothing is audited" if "*NONE" in v.QAUDCTL

deny contains "QAUDCTL does not hold *AUDLVL, so the events of QAUDLVL are not audited" if {
	not "*NONE" in v.QAUDCTL
	not "*AUDLVL" in v.QAUDCTL
}

deny contains "QAUDLVL is *NONE: no event is audited for all users" if {
	"*AUDLVL" in v.QAUDCTL
	"*NONE" in v.QAUDLVL
}

deny contains "the audit journal QSYS/QAUDJRN does not exist: nothing is audited, whatever the system values say" if v["ibmi/security/AUDIT_JOURNAL_EXISTS"] == false

warn contains msg if {
	some word in v.QAUDCTL
	startswith(word, "*NET")
	msg := sprintf("QAUDCTL holds %s, which has no effect there: it belongs in QAUDLVL", [word])
}
