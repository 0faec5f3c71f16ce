package irondrift.pci.L07_test

import data.irondrift.pci.L07

test_pass if {
	given := {"entity": {"values": {"aggregation": []}}}
	count(L07.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"aggregation": ["disabled", "enabled"]}}}
	count(L07.warn) > 0 with input as given
}
