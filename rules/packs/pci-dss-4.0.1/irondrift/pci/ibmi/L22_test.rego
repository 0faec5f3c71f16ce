package irondrift.pci.L22_test

import data.irondrift.pci.L22

test_pass if {
	given := {"entity": {"values": {"entry_types": ["A"]}}, "facts": {"gaps": [], "period_hours": 23.9}, "parameters": {"min_hours": 20}}
	count(L22.warn) == 0 with input as given
	count(L22.no_data) == 0 with input as given
}

test_review_gap if {
	given := {"entity": {"values": {"entry_types": ["A"]}}, "facts": {"gaps": ["2026-11-18T03:00:00 to 2026-11-18T05:00:00: receiver missing"], "period_hours": 24}, "parameters": {"min_hours": 20}}
	some msg in L22.warn with input as given
	contains(msg, "03:00")
}

test_review_short if {
	given := {"entity": {"values": {"entry_types": ["A"]}}, "facts": {"gaps": [], "period_hours": 3.2}, "parameters": {"min_hours": 20}}
	count(L22.warn) > 0 with input as given
}

test_no_data_empty if {
	given := {"entity": {"values": {"entry_types": []}}, "facts": {"gaps": [], "period_hours": 0}, "parameters": {"min_hours": 20}}
	count(L22.warn) == 0 with input as given
	count(L22.no_data) > 0 with input as given
}
