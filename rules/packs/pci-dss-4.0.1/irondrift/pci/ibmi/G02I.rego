# METADATA
# title: Cipher suites and protocols in use are known and current
# custom:
#   id: G02I
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: ibmi/sk/<kind=secure|secure_client>/<port>
#   keys:
#     required: ["protocols", "suites"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   remediation: "Enter version and suite with purpose and owner in the inventory, and plan the replacement of outdated ones"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. Purpose, owner, the yearly review and the response plan are documents."
package irondrift.pci.G02I

import data.irondrift.pci.audit
import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

warn contains msg if {
	some p in v.protocols
	lib.class_in(tables.tls_versions, p) == "insecure"
	msg := sprintf("%s is outdated: the yearly review must have a plan for it", [p])
}

warn contains msg if {
	some s in v.suites
	lib.suite_class(s) in {"insecure", "unregistered"}
	msg := sprintf("%s is %s (%s): the yearly review must have a plan for it", [s, lib.suite_class(s), lib.suite_reasons(s)])
}

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSECURE"}, release)
