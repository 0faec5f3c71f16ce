# METADATA
# title: Sign-on services carry passwords encrypted only
# custom:
#   id: U10
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.2"]
#   entity: ibmi/sk/accept/<port>
#   keys:
#     required: ["service"]
#     optional: ["protection"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   parameters:
#     sign_on_services:
#       meaning: services that take a user and a password
#       default: ["telnet", "telnet-ssl", "exec", "pop3", "pop3s", "as-signon", "as-signon-s", "as-database", "as-database-s", "as-file", "as-file-s", "as-rmtcmd", "as-rmtcmd-s", "as-dtaq", "as-dtaq-s", "as-netprt", "as-netprt-s", "as-central", "as-central-s", "ddm", "ddm-ssl"]
#       includes: ["telnet", "as-signon"]
#   remediation: "Make clients use the TLS host servers (9470 to 9476) and 992, and end the clear-text ones"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. Some clients encrypt the password itself on a clear-text port (QPWDLVL 2 and later); the entry does not show it."
package irondrift.pci.U10

import data.irondrift.pci.audit

v := input.entity.values

sign_on if v.service in input.parameters.sign_on_services

deny contains msg if {
	sign_on
	"clear" in v.protection
	msg := sprintf("%s accepted connections in clear text, and sign-on data with them", [v.service])
}

no_data contains "the entries do not tell whether sign-on data on this port was protected" if {
	sign_on
	not v.protection
}

not_applicable contains "not a service that takes sign-on data by the pack's list" if not sign_on

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSCK", "*NETTELSVR"}, release)
