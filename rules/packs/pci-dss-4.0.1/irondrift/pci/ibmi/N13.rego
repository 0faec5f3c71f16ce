# METADATA
# title: Clear-text services are neither open nor used at the moment
# description: |
#   What is connected when network status is taken is a use; what only listens is
#   for a person to judge, since the clear-text listener of a server usually runs
#   beside the one for TLS until somebody ends it.
# custom:
#   id: N13
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.6", "2.2.4", "2.2.5"]
#   entity: ibmi/netstat/*=listen|accept/<port>
#   keys:
#     optional: ["listen/service", "listen/port_class", "listen/addresses", "accept/service", "accept/port_class", "accept/jobs"]
#   exception: mitigated
#   parameters:
#     harmless:
#       meaning: clear-text services that carry neither data nor passwords
#       default: ["as-svrmap"]
#       within: ["as-svrmap"]
#   remediation: "Assign a certificate in Digital Certificate Manager, move users to the TLS port, and end the clear-text listener"
#   limits: "Network status is that of one moment; the audit journal shows what connected at other times. A port for TLS is believed."
package irondrift.pci.N13

import data.irondrift.pci.audit

v := input.entity.values

connected if v["accept/service"]

service := v["accept/service"]

service := v["listen/service"] if not connected

class := v["accept/port_class"]

class := v["listen/port_class"] if not connected

harmless if service in input.parameters.harmless

clear_jobs := {j | some j in v["accept/jobs"]; audit.serves[j] == "clear"}

local_only if audit.loopback(object.get(v, "listen/addresses", []))

deny contains msg if {
	connected
	class == "clear"
	not harmless
	msg := sprintf("%s had clear-text connections when network status was taken", [service])
}

deny contains msg if {
	class != "clear"
	some job in clear_jobs
	msg := sprintf("job %s, which serves in clear text, had connections on the port of %s", [job, service])
}

warn contains msg if {
	not connected
	class == "clear"
	not harmless
	not local_only
	msg := sprintf("%s listens for clear-text connections; nobody was connected at that moment", [service])
}

no_data contains msg if {
	connected
	class in {"starttls", "unknown"}
	count(clear_jobs) == 0
	count(tls_jobs) == 0
	msg := sprintf("%s had connections, and neither port nor job tells whether they were encrypted", [service])
}

tls_jobs := {j | some j in v["accept/jobs"]; audit.serves[j] == "tls"}

not_applicable contains msg if {
	not connected
	class in {"starttls", "unknown"}
	msg := sprintf("%s listens; the port does not tell whether it encrypts", [service])
}

not_applicable contains "open for this system only" if {
	not connected
	class == "clear"
	local_only
}
