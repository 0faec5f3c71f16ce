package irondrift.pci.H16_test

import data.irondrift.pci.H16

test_pass if {
	given := {"entity": {"values": {"clear_tdisk": "on"}}, "facts": {}}
	count(H16.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"clear_tdisk": "off"}}, "facts": {}}
	count(H16.deny) > 0 with input as given
}
