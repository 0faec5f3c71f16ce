package irondrift.pci.H02I_test

import data.irondrift.pci.H02I

test_pass if {
	given := {"entity": {"values": {"default_password": false, "status": "*ENABLED"}}}
	count(H02I.deny) == 0 with input as given
	count(H02I.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"default_password": true, "status": "*ENABLED"}}}
	count(H02I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"default_password": true, "status": "*DISABLED"}}}
	count(H02I.deny) == 0 with input as given
	count(H02I.warn) > 0 with input as given
}
