package irondrift.pci.U07_test

import data.irondrift.pci.U07

test_pass if {
	given := {"entity": {"values": {"password_class": "other"}}}
	count(U07.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"password_class": "nopass"}}}
	count(U07.deny) > 0 with input as given
}
