package irondrift.pci.H07_test

import data.irondrift.pci.H07

test_pass if {
	given := {"entity": {"values": {"anonymous": "no"}}, "facts": {}}
	count(H07.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"anonymous": "yes"}}, "facts": {}}
	count(H07.deny) > 0 with input as given
}
