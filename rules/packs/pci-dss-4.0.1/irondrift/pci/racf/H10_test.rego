package irondrift.pci.H10_test

import data.irondrift.pci.H10

test_pass if {
	given := {"entity": {"values": {"ERASE": true, "ERASEALL": true}}}
	count(H10.deny) == 0 with input as given
	count(H10.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"ERASE": false, "ERASEALL": false}}}
	count(H10.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"ERASE": true, "ERASEALL": false}}}
	count(H10.deny) == 0 with input as given
	count(H10.warn) > 0 with input as given
}
