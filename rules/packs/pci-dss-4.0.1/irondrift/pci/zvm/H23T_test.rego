package irondrift.pci.H23T_test

import data.irondrift.pci.H23T

test_pass if {
	given := {"entity": {"values": {"enabled": "yes"}}, "facts": {}}
	count(H23T.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"enabled": "no"}}, "facts": {}}
	count(H23T.deny) > 0 with input as given
}
