package irondrift.pci.U26_test

import data.irondrift.pci.U26

test_pass if {
	given := {"entity": {"values": {"no_password": false, "password_level_0_1": false}}}
	count(U26.warn) == 0 with input as given
	count(U26.no_data) == 0 with input as given
}

test_pass_no_password if {
	given := {"entity": {"values": {"no_password": true}}}
	count(U26.warn) == 0 with input as given
	count(U26.no_data) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"no_password": false, "password_level_0_1": true}}}
	count(U26.warn) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"no_password": false}}}
	count(U26.warn) == 0 with input as given
	count(U26.no_data) > 0 with input as given
}
