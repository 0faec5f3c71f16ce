package irondrift.pci.U01I_test

import data.irondrift.pci.U01I

test_pass if {
	given := {"entity": {"values": {"no_password": false, "status": "*ENABLED", "idle_days": 60}}, "facts": {"supplied": true}, "parameters": {"recent_days": 30}}
	count(U01I.warn) == 0 with input as given
	count(U01I.not_applicable) == 0 with input as given
}

test_pass_no_password if {
	given := {"entity": {"values": {"no_password": true, "status": "*ENABLED", "idle_days": 0}}, "facts": {"supplied": true}, "parameters": {"recent_days": 30}}
	count(U01I.warn) == 0 with input as given
	count(U01I.not_applicable) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"no_password": false, "status": "*ENABLED", "idle_days": 0}}, "facts": {"supplied": true}, "parameters": {"recent_days": 30}}
	count(U01I.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"no_password": false, "status": "*ENABLED", "idle_days": 0}}, "facts": {"supplied": false}, "parameters": {"recent_days": 30}}
	count(U01I.warn) == 0 with input as given
	count(U01I.not_applicable) > 0 with input as given
}
