# METADATA
# title: zERT recording is on
# custom:
#   id: L16Z
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.7.2", "10.7.3"]
#   entity: zert/<system>/<stack>
#   keys:
#     required: ["monitoring", "aggregation", "discovery"]
#     optional: ["profile/globalconfig", "profile/smfconfig"]
#   remediation: "GLOBALCONFIG ZERT AGGREGATION and SMFCONFIG TYPE119 ZERTSUMMARY in the TCP/IP profile; alert on the events that switch them off"
#   limits: "Shows this control only. When it was off, since when, why and what was done is in the incident record. The profile is in the records only when a stack started or OBEYFILE changed it in the period."
package irondrift.pci.L16Z

v := input.entity.values

meaning := {
	"NOZERT": "GLOBALCONFIG NOZERT: no connection is watched",
	"NOAGGREGATION": "GLOBALCONFIG ZERT NOAGGREGATION: no summary records are written",
	"NOZERTSUMMARY": "SMFCONFIG TYPE119 NOZERTSUMMARY: summary records do not reach SMF",
}

settings := array.concat(object.get(v, "profile/globalconfig", []), object.get(v, "profile/smfconfig", []))

# turned holds the settings that the period has both ways.
turned(off) if trim_prefix(off, "NO") in settings

deny contains msg if {
	some off in settings
	meaning[off]
	not turned(off)
	msg := meaning[off]
}

warn contains msg if {
	some off in settings
	meaning[off]
	turned(off)
	msg := sprintf("%s, for a part of the period", [meaning[off]])
}

warn contains msg if {
	some what in ["aggregation", "discovery"]
	"disabled" in v[what]
	msg := sprintf("zERT %s was switched off in the period: find the change or incident, and when it was on again", [what])
}

no_data contains "no record shows that zERT was on" if count(v.monitoring) == 0
