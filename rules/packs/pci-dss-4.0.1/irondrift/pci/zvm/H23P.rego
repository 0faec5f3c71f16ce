# METADATA
# title: Every TCP port is protected by TLS or approved
# custom:
#   id: H23P
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.5", "2.2.7"]
#   entity: zvm/tcpip
#   keys:
#     required: ["ports_without_tls"]
#   facts:
#     optional: ["approved_clear_ports"]
#   exception: mitigated
#   remediation: "SECURE label on the PORT statement, or TLS required by the server itself; else state the port as fact approved_clear_ports"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack. SMTP and RSCS have configuration files of their own, which are not read."
package irondrift.pci.H23P

import data.irondrift.pci.tables

approved contains p if some p in input.facts.approved_clear_ports

clear := {p |
	some p in input.entity.values.ports_without_tls
	endswith(p, "/tcp")
	not p in approved
}

known := {p | some p in clear; tables.ports[split(p, "/")[0]].class in {"clear", "starttls"}}

deny contains msg if {
	count(known) > 0
	msg := sprintf("no TLS is required on %s, which carry passwords or data in clear text", [concat(", ", sort(known))])
}

warn contains msg if {
	rest := clear - known
	count(rest) > 0
	msg := sprintf("no TLS is required on %s, and they are not approved: what runs there may protect itself", [concat(", ", sort(rest))])
}
