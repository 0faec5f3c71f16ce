# METADATA
# title: Every port that accepted connections is on the approved list
# custom:
#   id: N02
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.5"]
#   entity: ibmi/sk/accept/<port>
#   keys:
#     required: ["peer_networks"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     required: ["approved"]
#     optional: ["release"]
#   remediation: "End the server (ENDTCPSVR), or have it approved and entered in the register with its purpose"
#   limits: "SK entries show connections that were made while the audit value was set; an idle listener leaves none. "
package irondrift.pci.N02

import data.irondrift.pci.audit

deny contains "the port is not in the site's register of approved services" if input.facts.approved == false

default release := ""

release := input.facts.release

incomplete contains msg if some msg in audit.incomplete(input.entity.values, {"*NETSCK", "*NETTELSVR"}, release)
