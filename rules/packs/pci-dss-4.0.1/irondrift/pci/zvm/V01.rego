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
#     optional: ["/zvm/cmslevel/service_level", "/zvm/tcpip/level", "/zvm/service/env/level/CMS", "/zvm/service/env/level/CP", "/zvm/service/env/level/DIRM", "/zvm/service/env/level/LE", "/zvm/service/env/level/PERFTK", "/zvm/service/env/level/RACF", "/zvm/service/env/level/RSCS", "/zvm/service/env/level/TCPIP", "/zvm/service/env/level/VMSES"]
#   facts:
#     required: ["service_levels"]
#   remediation: "Apply the recommended service upgrade; keep the fact service_levels up to date with critical fixes: cp, cms and tcpip as the QUERY commands print them, and from z/VM 7.4 on components as the CP environment variables name them ({cp: \"2401\", RACF: \"0102\"})"
#   limits: "Which fixes are critical, and since when they are out, is for the site to say. Service that was applied but not yet loaded by an IPL does not count."
package irondrift.pci.V01

have["cp"] := input.entity.values.service_level

have["cms"] := input.entity.values["zvm/cmslevel/service_level"]

have["tcpip"] := input.entity.values["zvm/tcpip/level"]

# Feature pack and fix pack, which z/VM 7.4 keeps in CP environment variables.
have[component] := level if {
	some component in ["CMS", "CP", "DIRM", "LE", "PERFTK", "RACF", "RSCS", "TCPIP", "VMSES"]
	level := input.entity.values[sprintf("zvm/service/env/level/%s", [component])]
}

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
