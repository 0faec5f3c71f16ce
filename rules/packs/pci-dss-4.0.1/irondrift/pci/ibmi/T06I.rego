# METADATA
# title: System TLS offers no outdated protocol
# description: |
#   *OPSYS stands for the defaults of the release: TLS 1.3 and 1.2 from 7.4 on; 7.3
#   and older still allow TLS 1.1 and 1.0. PCI DSS names no version; RFC 8996 and
#   SP 800-52r2 rule out what is below TLS 1.2.
# custom:
#   id: T06I
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "12.3.3"]
#   entity: ibmi/sysval
#   keys:
#     required: ["QSSLPCL"]
#   facts:
#     optional: ["release"]
#   remediation: "CHGSYSVAL SYSVAL(QSSLPCL) VALUE('*TLSV1.3 *TLSV1.2')"
#   limits: "Applications may ask for other protocols through their application definition in Digital Certificate Manager, and OpenSSL and Java do not use the value; what was negotiated is in the S entries (check T10)."
package irondrift.pci.T06I

import data.irondrift.pci.audit

v := input.entity.values

default release := ""

release := input.facts.release

deny contains msg if {
	some p in ["*SSLV2", "*SSLV3", "*TLSV1", "*TLSV1.1"]
	p in v.QSSLPCL
	msg := sprintf("QSSLPCL allows %s", [p])
}

deny contains "QSSLPCL is *OPSYS, which on this release allows TLS 1.1 and TLS 1.0" if {
	"*OPSYS" in v.QSSLPCL
	audit.older(release, 7, 4)
}

warn contains "QSSLPCL is *OPSYS, which before 7.4 allows TLS 1.1 and TLS 1.0: state the release as fact release of the system" if {
	"*OPSYS" in v.QSSLPCL
	not audit.known_release(release)
}

warn contains msg if {
	some p in v.QSSLPCL
	not p in ["*OPSYS", "*SSLV2", "*SSLV3", "*TLSV1", "*TLSV1.1", "*TLSV1.2", "*TLSV1.3"]
	msg := sprintf("QSSLPCL holds %s, which is no protocol that is known", [p])
}
