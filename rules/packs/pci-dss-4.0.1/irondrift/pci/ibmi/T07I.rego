# METADATA
# title: System TLS offers no insecure cipher suite
# custom:
#   id: T07I
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "12.3.3"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QSSLCSL"]
#   remediation: "CHGSYSVAL SYSVAL(QSSLCSLCTL) VALUE('*USRDEF') and QSSLCSL with suites of ephemeral key exchange and AES-GCM or ChaCha20"
#   limits: "The names are IBM's short form, turned into registry names by rule. Applications may narrow or widen the list in Digital Certificate Manager; what was negotiated is in the S entries (check T10)."
package irondrift.pci.T07I

import data.irondrift.pci.audit
import data.irondrift.pci.lib

classes[name] := lib.suite_class(audit.suite(name)) if some name in input.entity.values.QSSLCSL

deny contains msg if {
	some name, "insecure" in classes
	msg := sprintf("QSSLCSL offers %s (%s)", [name, lib.suite_reasons(audit.suite(name))])
}

warn contains msg if {
	some name, "weak" in classes
	msg := sprintf("QSSLCSL offers %s, which is weak (%s)", [name, lib.suite_reasons(audit.suite(name))])
}

warn contains msg if {
	some name, "unregistered" in classes
	msg := sprintf("QSSLCSL offers %s, which cannot be matched to a registered suite", [name])
}

warn contains "QSSLCSL holds no suite" if count(input.entity.values.QSSLCSL) == 0
