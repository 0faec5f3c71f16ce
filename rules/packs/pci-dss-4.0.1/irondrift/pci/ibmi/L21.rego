# METADATA
# title: An old *NETCMN is not relied on to record connections
# description: |
#   Until 7.2 *NETCMN contained *NETSCK. From 7.3 it does not: a system that was
#   upgraded with only *NETCMN stopped logging accepted and made connections, and
#   nothing said so.
# custom:
#   id: L21
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUDCTL", "QAUDLVL"]
#     optional: ["QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   remediation: "Add *NETSCK and *NETTELSVR to QAUDLVL or QAUDLVL2 beside *NETCMN"
#   limits: "Without the fact release of the system 7.3 or later is assumed, as every supported release is. The effective set is that of the time of the extract; per-profile auditing adds to it. That entries are kept, and for how long, is not in the values."
package irondrift.pci.L21

import data.irondrift.pci.audit

v := input.entity.values

default release := ""

release := input.facts.release

default extension := []

extension := v.QAUDLVL2

set_words := audit.named(v.QAUDLVL, extension)

trapped if {
	"*AUDLVL" in v.QAUDCTL
	"*NETCMN" in set_words
	not "*NETSCK" in set_words
}

deny contains "*NETCMN without *NETSCK: from 7.3 on it no longer records accepted and made connections, so their absence in the journal proves nothing" if {
	trapped
	not audit.older(release, 7, 3)
	not audit.unseen_extension(v)
}

warn contains "*NETCMN without *NETSCK: it records connections on this release, and stops to with the upgrade to 7.3" if {
	trapped
	audit.older(release, 7, 3)
}

no_data contains "QAUDLVL continues in QAUDLVL2, which is not known" if {
	"*AUDLVL" in v.QAUDCTL
	not "*NETSCK" in set_words
	audit.unseen_extension(v)
}

not_applicable contains "*NETCMN is not set" if {
	not "*NETCMN" in set_words
	not audit.unseen_extension(v)
}
