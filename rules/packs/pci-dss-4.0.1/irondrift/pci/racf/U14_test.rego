package irondrift.pci.U14_test

import data.irondrift.pci.U14

test_pass if {
	given := {"entity": {"values": {"MINCHANG": 1}}}
	count(U14.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"MINCHANG": 0}}}
	count(U14.deny) > 0 with input as given
}
