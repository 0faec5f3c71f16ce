package irondrift.pci.U25_test

import data.irondrift.pci.U25

test_pass if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expired": false, "password_age_days": 60}}, "parameters": {"max_days": 30}}
	count(U25.warn) == 0 with input as given
	count(U25.no_data) == 0 with input as given
	count(U25.not_applicable) == 0 with input as given
}

test_pass_new if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expired": true, "password_age_days": 0}}, "parameters": {"max_days": 30}}
	count(U25.warn) == 0 with input as given
	count(U25.no_data) == 0 with input as given
	count(U25.not_applicable) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expired": true, "password_age_days": 30}}, "parameters": {"max_days": 30}}
	count(U25.warn) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "password_expired": true}}, "parameters": {"max_days": 30}}
	count(U25.warn) == 0 with input as given
	count(U25.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"status": "*DISABLED", "no_password": false, "password_expired": true, "password_age_days": 90}}, "parameters": {"max_days": 30}}
	count(U25.warn) == 0 with input as given
	count(U25.no_data) == 0 with input as given
	count(U25.not_applicable) > 0 with input as given
}
