package irondrift.pci.H15_test

import data.irondrift.pci.H15

test_pass if {
	given := {"entity": {"values": {"CLASSACT": ["TERMINAL"], "TERMINAL": "NONE"}}}
	count(H15.deny) == 0 with input as given
	count(H15.warn) == 0 with input as given
	count(H15.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"CLASSACT": ["TERMINAL"], "TERMINAL": "READ"}}}
	count(H15.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"CLASSACT": ["TERMINAL"]}}}
	count(H15.deny) == 0 with input as given
	count(H15.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"CLASSACT": ["USER"]}}}
	count(H15.deny) == 0 with input as given
	count(H15.warn) == 0 with input as given
	count(H15.not_applicable) > 0 with input as given
}
