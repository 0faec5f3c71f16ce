# METADATA
# title: Clear-text protocols are not in use
# custom:
#   id: N05
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.6", "2.2.5"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["protection"]
#   facts:
#     required: ["ports"]
#   exception: mitigated
#   remediation: "Stop the service, or cover it with AT-TLS; otherwise document why it is needed and what protects it"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed."
package irondrift.pci.N05

import data.irondrift.pci.lib

unprotected if "none" in input.entity.values.protection

class := lib.port_class(input.facts.ports)

service := lib.known_port(input.facts.ports).service

deny contains msg if {
	unprotected
	class == "clear"
	msg := sprintf("%s was used without protection", [service])
}

warn contains msg if {
	unprotected
	class == "starttls"
	msg := sprintf("%s can start TLS, and no protection was recognised on some sessions", [service])
}

warn contains "no protection was recognised, which is not proof of clear text: find out what the application does" if {
	unprotected
	not class in {"clear", "starttls"}
}
