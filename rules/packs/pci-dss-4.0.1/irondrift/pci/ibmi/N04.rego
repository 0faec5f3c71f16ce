# METADATA
# title: Clear-text services are not in use
# custom:
#   id: N04
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.6", "2.2.5"]
#   entity: ibmi/sk/accept/<port>
#   keys:
#     required: ["service", "port_class", "protection"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   exception: mitigated
#   parameters:
#     harmless:
#       meaning: clear-text services that carry neither data nor passwords
#       default: ["as-svrmap"]
#       within: ["as-svrmap"]
#   remediation: "Assign a certificate in Digital Certificate Manager, move users to the TLS port, and end the clear-text listener"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. An accept entry does not say whether the connection was encrypted; the port table and secure-session entries do. What they cannot decide is NO_DATA."
package irondrift.pci.N04

import data.irondrift.pci.audit

v := input.entity.values

deny contains msg if {
	"clear" in v.protection
	v.port_class == "clear"
	not v.service in input.parameters.harmless
	msg := sprintf("%s accepted connections in clear text", [v.service])
}

warn contains msg if {
	"clear" in v.protection
	v.port_class != "clear"
	msg := sprintf("%s accepted connections that show no protection", [v.service])
}

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSCK", "*NETTELSVR"}, release)
