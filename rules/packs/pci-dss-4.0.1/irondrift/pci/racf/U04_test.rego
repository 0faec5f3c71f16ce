package irondrift.pci.U04_test

import data.irondrift.pci.U04

test_pass if {
	given := {"entity": {"values": {"INACTIVE": 90, "INITSTAT": true}}, "parameters": {"max_days": 90}}
	count(U04.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"INACTIVE": 120, "INITSTAT": true}}, "parameters": {"max_days": 90}}
	count(U04.deny) > 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"INACTIVE": 0, "INITSTAT": true}}, "parameters": {"max_days": 90}}
	count(U04.deny) > 0 with input as given
}

test_fail_initstats if {
	given := {"entity": {"values": {"INACTIVE": 60, "INITSTAT": false}}, "parameters": {"max_days": 90}}
	count(U04.deny) > 0 with input as given
}
