# METADATA
# title: Guests see the traffic of their own network only
# custom:
#   id: N09D
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.4.1", "2.2.3"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["kind"]
#     optional: ["nicdef/<vdev>", "on/<member>/nicdef/<vdev>"]
#   only:
#     nicdef/<vdev>: ["PROMISCUOUS", "PORTTYPE"]
#     on/<member>/nicdef/<vdev>: ["PROMISCUOUS", "PORTTYPE"]
#   facts:
#     optional: ["approved_networks/<id>"]
#   remediation: "Take PROMISCUOUS and PORTTYPE TRUNK off the NICDEF statements, or state them as fact approved_networks of the userid"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Grants of SET VSWITCH are judged at the switch (N09). A security manager may decide instead."
package irondrift.pci.N09D

operands contains o if {
	some nic in input.entity.values["nicdef/<vdev>"]
	some o in nic
}

operands contains o if {
	some nic in input.entity.values["on/<member>/nicdef/<vdev>"]
	some o in nic
}

approved contains o if some o in input.facts.approved_networks

deny contains "NICDEF PROMISCUOUS: it may read the traffic of others" if {
	"PROMISCUOUS" in operands
	not "PROMISCUOUS" in approved
}

warn contains "NICDEF PORTTYPE TRUNK: it reaches every VLAN that is listed for it" if {
	"PORTTYPE TRUNK" in operands
	not "PORTTYPE TRUNK" in approved
}
