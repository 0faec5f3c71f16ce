# METADATA
# title: Administrative sign-on is encrypted
# custom:
#   id: H20
#   severity: critical
#   basis: requirement
#   cover: full
#   requirements:
#     pci-dss-4.0.1: ["2.2.7"]
#   entity: ibmi/sk/accept/<port>
#   keys:
#     required: ["service"]
#     optional: ["protection"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   parameters:
#     admin_services:
#       meaning: services used for administration, by the name in the port table
#       default: ["telnet", "telnet-ssl", "exec", "as-rmtcmd", "as-rmtcmd-s", "as-admin-http", "as-admin-https", "navigator", "navigator-s", "navigator-heritage", "navigator-heritage-s", "dcm", "dcm-s", "hmc-5250", "hmc-5250-ssl"]
#       includes: ["telnet"]
#   remediation: "CHGTELNA ALWSSL(*ONLY), and the TLS ports of the administration servers"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. Services are recognised by port; a listener moved to another port needs an entry in the site's port table."
package irondrift.pci.H20

import data.irondrift.pci.audit

v := input.entity.values

administrative if v.service in input.parameters.admin_services

deny contains msg if {
	administrative
	"clear" in v.protection
	msg := sprintf("%s accepted administrative sessions in clear text", [v.service])
}

no_data contains "the entries do not tell whether the administrative sessions on this port were protected" if {
	administrative
	not v.protection
}

not_applicable contains "not an administrative service on the site's list" if not administrative

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSCK", "*NETTELSVR"}, release)
