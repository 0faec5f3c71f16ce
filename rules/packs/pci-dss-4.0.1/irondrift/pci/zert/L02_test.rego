package irondrift.pci.L02_test

import data.irondrift.pci.L02

stack(gaps, hours) := {"entity": {"captured": {"stack": "TCPIP"}, "values": {"monitoring": ["aggregation"]}}, "facts": {"gaps": gaps, "period_hours": hours}, "parameters": {"max_minutes": 60, "min_hours": 20}}

test_pass if {
	given := stack(["2026-11-18T04:00:00+01:00 to 2026-11-18T04:30:00+01:00: no zERT summary record of stack TCPIP: nothing was active"], 24)
	count(L02.warn) == 0 with input as given
	count(L02.no_data) == 0 with input as given
}

test_pass_gap_of_another_stack if count(L02.warn) == 0 with input as stack(["2026-11-18T04:00:00 to 2026-11-18T09:30:00: no zERT summary record of stack TCPIP2: nothing was active"], 24)

test_fail if count(L02.warn) == 1 with input as stack(["2026-11-18T04:00:00 to 2026-11-18T09:30:00: no zERT summary record of stack TCPIP: nothing was active"], 24)

test_fail_unwatched_to_the_end if count(L02.warn) == 1 with input as stack(["2026-11-18T22:00:00+01:00 to 2026-11-19T02:00:00+01:00: stack TCPIP was not watched to the end: aggregation was disabled"], 24)

test_fail_no_times if count(L02.warn) == 1 with input as stack(["record 7 to record 9: damaged"], 24)

test_fail_short if count(L02.warn) == 1 with input as stack([], 6)

# Without period_hours the engine gives NO_DATA: the fact is required.
test_unknown if {
	given := {"entity": {"captured": {"stack": "TCPIP"}, "values": {"monitoring": []}}, "facts": {"gaps": [], "period_hours": 24}, "parameters": {"max_minutes": 60, "min_hours": 20}}
	count(L02.no_data) == 1 with input as given
}

test_absent_gaps if count(L02.warn) == 0 with input as stack([], 24)
