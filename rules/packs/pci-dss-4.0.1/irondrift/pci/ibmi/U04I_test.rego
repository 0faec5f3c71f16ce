package irondrift.pci.U04I_test

import data.irondrift.pci.U04I

test_pass if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "idle_days": 75}}, "parameters": {"max_days": 90}}
	count(U04I.deny) == 0 with input as given
	count(U04I.warn) == 0 with input as given
	count(U04I.not_applicable) == 0 with input as given
}

test_pass_disabled if {
	given := {"entity": {"values": {"status": "*DISABLED", "no_password": false, "idle_days": 365}}, "parameters": {"max_days": 90}}
	count(U04I.deny) == 0 with input as given
	count(U04I.warn) == 0 with input as given
	count(U04I.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "idle_days": 90}}, "parameters": {"max_days": 90}}
	count(U04I.deny) > 0 with input as given
}

test_fail_site if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "idle_days": 60}}, "parameters": {"max_days": 60}}
	count(U04I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": false, "idle_days": 60}}, "parameters": {"max_days": 70}}
	count(U04I.deny) == 0 with input as given
	count(U04I.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"status": "*ENABLED", "no_password": true, "idle_days": 365}}, "parameters": {"max_days": 90}}
	count(U04I.deny) == 0 with input as given
	count(U04I.warn) == 0 with input as given
	count(U04I.not_applicable) > 0 with input as given
}
