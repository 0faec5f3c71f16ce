# METADATA
# title: zERT records are there for the whole period
# custom:
#   id: L02
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["10.2.1"]
#   entity: zert/<system>/<stack>
#   keys:
#     required: ["monitoring"]
#   captures: ["stack"]
#   facts:
#     required: ["gaps", "period_hours"]
#   parameters:
#     max_minutes:
#       meaning: longest accepted stretch of time without a zERT record, in minutes
#       default: 60
#       min: 1
#       max: 1440
#     min_hours:
#       meaning: shortest period that the records of a night must speak of, in hours
#       default: 20
#       min: 1
#   remediation: "Find what was stopped then: the stack, aggregation, or the recording of type 119; dump all SMF data of the period (IFASMFDP, IFASMFDL)"
#   limits: "Shows that this log was alive; other audit logs have theirs. A stack without any traffic leaves no record either. zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed."
package irondrift.pci.L02

# gaps that name a stack name this one, or concern all.
gaps contains gap if {
	some gap in input.facts.gaps
	contains(gap, sprintf("stack %s ", [input.entity.captured.stack]))
}

gaps contains gap if {
	some gap in input.facts.gaps
	contains(gap, sprintf("stack %s:", [input.entity.captured.stack]))
}

gaps contains gap if {
	some gap in input.facts.gaps
	not contains(gap, "stack ")
}

# instant reads one end of a gap; without an offset both ends are local time.
instant(text) := time.parse_rfc3339_ns(text) if regex.match(`(Z|[+-][0-9]{2}:[0-9]{2})$`, text)

instant(text) := time.parse_rfc3339_ns(sprintf("%sZ", [text])) if not regex.match(`(Z|[+-][0-9]{2}:[0-9]{2})$`, text)

minutes(gap) := (instant(m[2]) - instant(m[1])) / 60000000000 if {
	m := regex.find_all_string_submatch_n(`^([0-9T:+Z.-]+) to ([0-9T:+Z.-]+): `, gap, 1)[0]
}

warn contains msg if {
	some gap in gaps
	minutes(gap) > input.parameters.max_minutes
	msg := sprintf("nothing is known of %s", [gap])
}

warn contains msg if {
	some gap in gaps
	not minutes(gap)
	msg := sprintf("nothing is known of %s", [gap])
}

warn contains msg if {
	input.facts.period_hours < input.parameters.min_hours
	msg := sprintf("the records speak of %d hours only", [round(input.facts.period_hours)])
}

no_data contains "no zERT record shows that the stack was watched" if count(input.entity.values.monitoring) == 0
