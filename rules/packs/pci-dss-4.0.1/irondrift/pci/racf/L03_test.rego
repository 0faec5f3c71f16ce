package irondrift.pci.L03_test

import data.irondrift.pci.L03

test_pass if {
	given := {"entity": {"values": {"LOGALWYS": ["DATASET"]}}}
	count(L03.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"LOGALWYS": []}}}
	count(L03.warn) > 0 with input as given
}
