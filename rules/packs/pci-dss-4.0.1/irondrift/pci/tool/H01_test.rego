package irondrift.pci.H01_test

import data.irondrift.pci.H01

test_pass if {
	given := {"entity": {"values": {"exists": true}}}
	count(H01.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"exists": false}}}
	count(H01.deny) > 0 with input as given
}
