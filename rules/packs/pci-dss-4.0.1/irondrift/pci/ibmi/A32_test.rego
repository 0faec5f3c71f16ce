package irondrift.pci.A32_test

import data.irondrift.pci.A32

test_pass if {
	given := {"entity": {"values": {"QUSEADPAUT": "USEADPAUT"}}}
	count(A32.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QUSEADPAUT": "*NONE"}}}
	count(A32.warn) > 0 with input as given
}
