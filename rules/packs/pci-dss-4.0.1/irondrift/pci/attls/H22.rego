# METADATA
# title: AT-TLS rules for administrative ports demand TLS 1.2 or 1.3
# custom:
#   id: H22
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["2.2.7", "8.3.2"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled", "tls/versions", "Direction", "LocalPortRange", "RemotePortRange"]
#     optional: ["ApplicationControlled"]
#   parameters:
#     admin_ports:
#       meaning: ports of administrative services, as text
#       default: ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]
#       includes: ["23"]
#   remediation: "Set TTLSEnabled On and leave TLSv1.2 and TLSv1.3 only on for the ports of TN3270, FTP and administration consoles"
#   limits: "Which ports are used for administration is the site's list. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.H22

import data.irondrift.pci.lib
import data.irondrift.pci.tables

v := input.entity.values

named contains port if {
	some port in input.parameters.admin_ports
	some taken in lib.rule_ports(v)
	lib.port_within(taken, port)
}

deny contains msg if {
	count(named) > 0
	v.TTLSEnabled == false
	msg := sprintf("TTLSEnabled is Off for administrative port %s", [concat(", ", named)])
}

deny contains msg if {
	count(named) > 0
	some version in v["tls/versions"]
	lib.class_in(tables.tls_versions, version) == "insecure"
	msg := sprintf("%s is on for administrative port %s", [version, concat(", ", named)])
}

warn contains msg if {
	count(named) > 0
	v.ApplicationControlled == true
	msg := sprintf("the application decides when TLS begins on port %s, so the rule does not show that sign-on is encrypted", [concat(", ", named)])
}

not_applicable contains "the rule takes no port of the site's list of administrative ports" if count(named) == 0
