# METADATA
# title: Administrative access is strongly encrypted
# custom:
#   id: H21
#   severity: critical
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "8.3.2"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["protection", "ssh/versions", "tls/versions", "tls/suites"]
#     optional: ["ssh/versions"]
#   facts:
#     required: ["ports"]
#   parameters:
#     admin_ports:
#       meaning: ports of administrative services, as text
#       default: ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]
#       includes: ["23"]
#   remediation: "Require TLS 1.2 or later with AEAD suites on the port (AT-TLS for TN3270 and FTP), close the clear-text port, and use SSH version 2 only"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Which ports are used for administration is the site's list."
package irondrift.pci.H21

import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

administrative if lib.lists(input.parameters.admin_ports, input.facts.ports)

deny contains msg if {
	administrative
	"none" in v.protection
	lib.port_class(input.facts.ports) == "clear"
	msg := sprintf("%s sessions without protection carry passwords in clear text", [lib.known_port(input.facts.ports).service])
}

deny contains msg if {
	administrative
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "insecure"
	msg := sprintf("%s was negotiated", [version])
}

deny contains msg if {
	administrative
	some s in v["tls/suites"]
	s != "unknown"
	lib.suite_class(s) in {"insecure", "unregistered"}
	msg := sprintf("%s is %s (%s)", [s, lib.suite_class(s), lib.suite_reasons(s)])
}

deny contains "SSH protocol version 1 was used" if {
	administrative
	"SSHv1" in v["ssh/versions"]
}

warn contains "no protection was recognised on some sessions of an administrative port" if {
	administrative
	"none" in v.protection
	lib.port_class(input.facts.ports) != "clear"
}

warn contains msg if {
	administrative
	some s in v["tls/suites"]
	lib.suite_class(s) == "weak"
	msg := sprintf("%s is weak (%s)", [s, lib.suite_reasons(s)])
}

warn contains "version or suite of some sessions is not known" if {
	administrative
	"unknown" in array.concat(v["tls/versions"], v["tls/suites"])
}

not_applicable contains "the port is not on the site's list of administrative ports" if not administrative
