# METADATA
# title: Cipher suites and protocols in use are known and current
# custom:
#   id: G02
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["protection", "tls/versions", "tls/suites"]
#   remediation: "Enter version and suite with purpose and owner in the inventory, and plan the replacement of outdated ones"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Purpose, owner, the yearly review and the response plan are documents."
package irondrift.pci.G02

import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

warn contains msg if {
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "insecure"
	msg := sprintf("%s is outdated: the yearly review must have a plan for it", [version])
}

warn contains msg if {
	some s in v["tls/suites"]
	s != "unknown"
	lib.suite_class(s) in {"insecure", "unregistered"}
	msg := sprintf("%s is %s (%s): the yearly review must have a plan for it", [s, lib.suite_class(s), lib.suite_reasons(s)])
}

warn contains "version or suite of some sessions is not known, so the inventory has a gap" if {
	"unknown" in array.concat(v["tls/versions"], v["tls/suites"])
}

not_applicable contains "no TLS session was seen" if not "tls" in v.protection
