package irondrift.pci.L16Z_test

import data.irondrift.pci.L16Z

stack(changes) := {"entity": {"values": object.union({"monitoring": ["aggregation"], "aggregation": [], "discovery": []}, changes)}}

test_pass if {
	given := stack({"profile/globalconfig": ["AGGREGATION", "ZERT"], "profile/smfconfig": ["ZERTSUMMARY", "NOZERTDETAIL"]})
	count(L16Z.deny) == 0 with input as given
	count(L16Z.warn) == 0 with input as given
	count(L16Z.no_data) == 0 with input as given
}

test_fail if {
	L16Z.deny == {"GLOBALCONFIG NOZERT: no connection is watched"} with input as stack({"profile/globalconfig": ["NOZERT"]})
	count(L16Z.deny) == 1 with input as stack({"profile/smfconfig": ["NOZERTSUMMARY"]})
}

test_review_switched if {
	given := stack({"aggregation": ["disabled", "enabled"], "profile/globalconfig": ["AGGREGATION", "NOAGGREGATION"]})
	count(L16Z.deny) == 0 with input as given
	count(L16Z.warn) == 2 with input as given
}

test_unknown if count(L16Z.no_data) == 1 with input as stack({"monitoring": []})

test_absent_profile if {
	count(L16Z.deny) == 0 with input as stack({})
	count(L16Z.no_data) == 0 with input as stack({})
}
