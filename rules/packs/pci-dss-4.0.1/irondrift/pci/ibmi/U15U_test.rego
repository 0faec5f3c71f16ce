package irondrift.pci.U15U_test

import data.irondrift.pci.U15U

test_pass if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expiry_interval": "*SYSVAL"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15U.deny) == 0 with input as given
	count(U15U.no_data) == 0 with input as given
	count(U15U.not_applicable) == 0 with input as given
}

test_pass_60 if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expiry_interval": "60"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15U.deny) == 0 with input as given
	count(U15U.no_data) == 0 with input as given
	count(U15U.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expiry_interval": "*NOMAX"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15U.deny) > 0 with input as given
}

test_fail_180 if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expiry_interval": "180"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15U.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expiry_interval": "-5"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15U.deny) == 0 with input as given
	count(U15U.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"status": "*DISABLED", "no_password": false, "password_expiry_interval": "*NOMAX"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15U.deny) == 0 with input as given
	count(U15U.no_data) == 0 with input as given
	count(U15U.not_applicable) > 0 with input as given
}

test_not_applicable_mfa if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expiry_interval": "*NOMAX"}}, "facts": {"mfa_for_all": true}, "parameters": {"max_days": 90}}
	count(U15U.deny) == 0 with input as given
	count(U15U.no_data) == 0 with input as given
	count(U15U.not_applicable) > 0 with input as given
}
