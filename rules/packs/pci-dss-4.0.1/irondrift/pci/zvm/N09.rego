# METADATA
# title: Virtual switches keep networks apart
# custom:
#   id: N09
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.4.1", "2.2.3"]
#   entity: zvm/vswitch/<name>
#   keys:
#     required: ["vlan"]
#     optional: ["isolation", "vepa", "porttype", "promiscuous"]
#   facts:
#     optional: ["approved_switches/<name>"]
#   remediation: "DEFINE VSWITCH ... VLAN vid PORTTYPE ACCESS, and SET VSWITCH name ISOLATION ON or VEPA ON; or state what the switch is for as fact approved_switches"
#   limits: "Which guests hold account data is for the site to say; the physical network behind the uplink is not visible. SYSTEM CONFIG takes effect at the next IPL, and commands can have changed the running system since."
package irondrift.pci.N09

values := input.entity.values

approved if input.facts.approved_switches

warn contains "it is not VLAN aware: guests on it share one network, and tagged frames pass" if {
	not approved
	values.vlan == "unaware"
}

warn contains "neither ISOLATION nor VEPA is on: guests on it reach each other without passing a network control" if {
	not approved
	values.isolation == "off"
	not values.vepa == "on"
}

warn contains "ports are trunks by default: a guest reaches several VLANs" if {
	not approved
	values.porttype == "trunk"
}

warn contains msg if {
	count(values.promiscuous) > 0
	msg := sprintf("%s may read the traffic of others", [concat(", ", sort(values.promiscuous))])
}

warn contains msg if {
	not approved
	isolation := values.isolation
	not isolation in ["off", "on"]
	msg := sprintf("its ISOLATION is %s, which is no value that is known", [isolation])
}
