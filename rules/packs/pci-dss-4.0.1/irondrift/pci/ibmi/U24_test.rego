package irondrift.pci.U24_test

import data.irondrift.pci.U24

test_pass if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "maximum_signon_attempts": "*SYSVAL"}}, "parameters": {"max_attempts": 10}}
	count(U24.deny) == 0 with input as given
	count(U24.no_data) == 0 with input as given
	count(U24.not_applicable) == 0 with input as given
}

test_pass_5 if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "maximum_signon_attempts": "5"}}, "parameters": {"max_attempts": 10}}
	count(U24.deny) == 0 with input as given
	count(U24.no_data) == 0 with input as given
	count(U24.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "maximum_signon_attempts": "*NOMAX"}}, "parameters": {"max_attempts": 10}}
	count(U24.deny) > 0 with input as given
}

test_fail_20 if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "maximum_signon_attempts": "20"}}, "parameters": {"max_attempts": 10}}
	count(U24.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false}}, "parameters": {"max_attempts": 10}}
	count(U24.deny) == 0 with input as given
	count(U24.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": true}}, "parameters": {"max_attempts": 10}}
	count(U24.deny) == 0 with input as given
	count(U24.no_data) == 0 with input as given
	count(U24.not_applicable) > 0 with input as given
}
