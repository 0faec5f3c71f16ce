package irondrift.pci.A10_test

import data.irondrift.pci.A10

test_pass if {
	given := {"entity": {"values": {"PROTALL": "FAILURES"}}}
	count(A10.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"PROTALL": "none"}}}
	count(A10.deny) > 0 with input as given
}

test_fail_warning if {
	given := {"entity": {"values": {"PROTALL": "WARNING"}}}
	count(A10.deny) > 0 with input as given
}
