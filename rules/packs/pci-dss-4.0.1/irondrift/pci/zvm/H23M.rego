# METADATA
# title: Mail must be encrypted
# custom:
#   id: H23M
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "4.2.1"]
#   entity: zvm/smtp
#   keys:
#     optional: ["secure", "/zvm/tcpip/port/25/tcp/secure"]
#   facts:
#     optional: ["tls_confirmed", "unused_services"]
#   remediation: "TLS REQUIRED and TLSLABEL in SMTP CONFIG; when nobody uses the mail server, NOLOG it and state smtp in the fact unused_services"
#   limits: "The words of the statement are from memory of TCP/IP Planning and Customization, so the check only asks for a review, and passes when somebody saw it on the running system and states smtp in the fact tls_confirmed. The files wait for a restart of the server."
package irondrift.pci.H23M

state := input.entity.values.secure

unused if "smtp" in input.facts.unused_services

confirmed if "smtp" in input.facts.tls_confirmed

by_stack if {
	labels := {l | some l in input.entity.values["zvm/tcpip/port/25/tcp/secure"]}
	count(labels) > 0
	not "no" in labels
}

warn contains msg if {
	not unused
	not by_stack
	state != "required"
	msg := sprintf("TLS of the mail server is %s: mail can travel in clear text", [state])
}

warn contains "the configuration says that mail is encrypted; the words of the statement are not confirmed, so see it on the server (SMSG SMTP QUERY, NETSTAT CONFIG)" if {
	not unused
	not by_stack
	state == "required"
	not confirmed
}

no_data contains "whether the mail server requires TLS is not known: no SMTP CONFIG that states it, and no SECURE label at port 25" if {
	not unused
	not by_stack
	not state
}

not_applicable contains "the configuration states that there is no mail server in use" if unused
