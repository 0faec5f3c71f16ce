package irondrift.pci.H09_test

import data.irondrift.pci.H09

test_pass if {
	given := {"entity": {"values": {"PROTALL": "FAILURES"}}}
	count(H09.deny) == 0 with input as given
	count(H09.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"PROTALL": "none"}}}
	count(H09.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"PROTALL": "WARNING"}}}
	count(H09.deny) == 0 with input as given
	count(H09.warn) > 0 with input as given
}
