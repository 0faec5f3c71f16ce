package irondrift.pci.H11_test

import data.irondrift.pci.H11

test_pass if {
	given := {"entity": {"values": {"GRPLIST": true}}}
	count(H11.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"GRPLIST": false}}}
	count(H11.deny) > 0 with input as given
}
