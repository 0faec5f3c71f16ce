package irondrift.pci.U11I_test

import data.irondrift.pci.U11I

test_pass if {
	given := {"entity": {"values": {"QMAXSIGN": "3", "QMAXSGNACN": 3}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) == 0 with input as given
	count(U11I.no_data) == 0 with input as given
}

test_pass_limit if {
	given := {"entity": {"values": {"QMAXSIGN": "10", "QMAXSGNACN": 2}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) == 0 with input as given
	count(U11I.no_data) == 0 with input as given
}

test_fail_11 if {
	given := {"entity": {"values": {"QMAXSIGN": "11", "QMAXSGNACN": 3}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) > 0 with input as given
}

test_fail_nomax if {
	given := {"entity": {"values": {"QMAXSIGN": "*NOMAX", "QMAXSGNACN": 3}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) > 0 with input as given
}

test_fail_device if {
	given := {"entity": {"values": {"QMAXSIGN": "3", "QMAXSGNACN": 1}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) > 0 with input as given
}

test_fail_site if {
	given := {"entity": {"values": {"QMAXSIGN": "6", "QMAXSGNACN": 3}}, "parameters": {"max_attempts": 5}}
	count(U11I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QMAXSIGN": "000x", "QMAXSGNACN": 3}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) == 0 with input as given
	count(U11I.no_data) > 0 with input as given
}

test_no_data_action if {
	given := {"entity": {"values": {"QMAXSIGN": "3", "QMAXSGNACN": 9}}, "parameters": {"max_attempts": 10}}
	count(U11I.deny) == 0 with input as given
	count(U11I.no_data) > 0 with input as given
}
