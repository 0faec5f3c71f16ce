package irondrift.pci.L10_test

import data.irondrift.pci.L10

test_review if {
	given := {"entity": {"values": {"entry_types": ["A", "S"]}}}
	count(L10.warn) == 1 with input as given
	count(L10.no_data) == 0 with input as given
}

test_empty if {
	given := {"entity": {"values": {"entry_types": []}}}
	count(L10.warn) == 0 with input as given
	count(L10.no_data) == 1 with input as given
}
