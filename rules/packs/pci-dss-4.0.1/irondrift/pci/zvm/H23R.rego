# METADATA
# title: Files and jobs between systems must be encrypted
# custom:
#   id: H23R
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "4.2.1"]
#   entity: zvm/rscs
#   keys:
#     optional: ["secure"]
#   facts:
#     optional: ["tls_confirmed", "unused_services"]
#   remediation: "TLS=REQUIRED and TLSLABEL on the PARM statements of every TCPNJE link in the RSCS configuration; when nobody uses RSCS, NOLOG it and state rscs in the fact unused_services"
#   limits: "The words of the operands are from memory of RSCS Planning and Configuration, so the check only asks for a review, and passes when somebody saw it on the running system and states rscs in the fact tls_confirmed. Commands can change links that run. Links over SNA and leased lines are not looked at."
package irondrift.pci.H23R

state := input.entity.values.secure

unused if "rscs" in input.facts.unused_services

confirmed if "rscs" in input.facts.tls_confirmed

warn contains "not every RSCS link over TCP/IP requires TLS: files can travel in clear text" if {
	not unused
	state == "no"
}

warn contains "the configuration says that every RSCS link over TCP/IP requires TLS; the words of the operands are not confirmed, so see it on the running links" if {
	not unused
	not state in {"no", "no tcpnje links"}
	not confirmed
}

no_data contains "whether the links of RSCS require TLS is not known: no RSCS configuration that states it" if {
	not unused
	not state
}

not_applicable contains "the configuration states that RSCS is not in use" if unused

not_applicable contains "RSCS has no link over TCP/IP" if {
	not unused
	state == "no tcpnje links"
}
