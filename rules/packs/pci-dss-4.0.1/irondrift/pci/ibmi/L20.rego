# METADATA
# title: The journal can record which connections are made
# description: |
#   What SK entries can prove depends on the audit values of the time: without
#   *NETSCK, *NETTELSVR and *NETSECURE an extract without an entry proves nothing.
# custom:
#   id: L20
#   severity: high
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "12.3.3"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QAUDCTL", "QAUDLVL"]
#     optional: ["QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   parameters:
#     events:
#       meaning: audit values without which the question whether all connections are encrypted cannot be answered; *NETUDP where datagrams matter
#       default: ["*NETSCK", "*NETSECURE", "*NETTELSVR"]
#       includes: ["*NETSCK", "*NETSECURE", "*NETTELSVR"]
#       within: ["*NETFAIL", "*NETSCK", "*NETSECURE", "*NETTELSVR", "*NETUDP"]
#   remediation: "CHGSECAUD QAUDLVL(*SAME ...) with *NETSCK *NETTELSVR *NETSECURE in QAUDLVL or QAUDLVL2; not in QAUDCTL, which an often-read article names in one place"
#   limits: "The effective set is that of the time of the extract; per-profile auditing adds to it. That entries are kept, and for how long, is not in the values. TLS of OpenSSL (sshd, nginx, Node.js) and of Java leaves no secure session entry whatever the values are."
package irondrift.pci.L20

import data.irondrift.pci.audit

v := input.entity.values

default release := ""

release := input.facts.release

default extension := []

extension := v.QAUDLVL2

in_effect := audit.effective(v.QAUDCTL, v.QAUDLVL, extension, release)

warn contains msg if {
	not audit.unseen_extension(v)
	some word in input.parameters.events
	not word in in_effect
	not audit.too_old(word, release)
	msg := sprintf("%s is not audited: the journal cannot hold %s", [word, audit.recorded[word]])
}

warn contains msg if {
	some word in input.parameters.events
	audit.too_old(word, release)
	msg := sprintf("%s does not exist before 7.3: the journal of this release cannot hold %s", [word, audit.recorded[word]])
}

no_data contains "QAUDLVL continues in QAUDLVL2, which is not known" if {
	audit.unseen_extension(v)
	some word in input.parameters.events
	not word in in_effect
}

pass contains msg if {
	words := sort([w | some w in in_effect; audit.recorded[w]])
	msg := sprintf("audited: %s", [concat(", ", [sprintf("%s (%s)", [w, audit.recorded[w]]) | some w in words])])
}
