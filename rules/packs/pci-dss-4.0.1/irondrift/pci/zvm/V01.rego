# METADATA
# title: Service is at the level that the site requires
# custom:
#   id: V01
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["6.3.3"]
#   entity: zvm/cplevel
#   keys:
#     required: ["service_level"]
#     optional: ["/zvm/cmslevel/service_level", "/zvm/tcpip/level"]
#   facts:
#     required: ["service_levels"]
#   remediation: "Apply the recommended service upgrade; keep the fact service_levels ({cp: \"2401\"}) up to date with critical fixes"
#   limits: "Which fixes are critical, and since when they are out, is for the site to say. Service that was applied but not yet loaded by an IPL does not count."
package irondrift.pci.V01

have["cp"] := input.entity.values.service_level

have["cms"] := input.entity.values["zvm/cmslevel/service_level"]

have["tcpip"] := input.entity.values["zvm/tcpip/level"]

deny contains msg if {
	some component, least in input.facts.service_levels
	to_number(have[component]) < to_number(least)
	msg := sprintf("%s is at service level %v, and %v is required", [component, have[component], least])
}

no_data contains msg if {
	some component, _ in input.facts.service_levels
	not have[component]
	msg := sprintf("no extract tells the service level of %s", [component])
}
