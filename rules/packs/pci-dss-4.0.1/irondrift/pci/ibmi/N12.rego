# METADATA
# title: Every open port is on the approved list
# description: |
#   The journal shows ports that were used, network status those that are open:
#   a listener to which nobody connected is in the second only.
# custom:
#   id: N12
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.5"]
#   entity: ibmi/netstat/<kind=listen|udp>/<port>
#   keys:
#     required: ["service"]
#     optional: ["addresses"]
#   facts:
#     required: ["approved"]
#   remediation: "End the server (ENDTCPSVR), or have it approved and entered in the register with its purpose"
#   limits: "Network status is that of one moment: a server that was ended before and started again behind is not in it."
package irondrift.pci.N12

import data.irondrift.pci.audit

local_only if audit.loopback(object.get(input.entity.values, "addresses", []))

deny contains msg if {
	input.facts.approved == false
	not local_only
	msg := sprintf("%s is open and not in the site's register of approved services", [named])
}

named := "the port" if {
	input.entity.values.service == "unlisted"
} else := input.entity.values.service

not_applicable contains "open for this system only" if local_only
