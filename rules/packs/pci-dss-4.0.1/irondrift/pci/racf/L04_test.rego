package irondrift.pci.L04_test

import data.irondrift.pci.L04

test_pass if {
	given := {"entity": {"values": {"SAUDIT": true, "OPERAUDT": true}}}
	count(L04.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"SAUDIT": false, "OPERAUDT": true}}}
	count(L04.deny) > 0 with input as given
}

test_fail_operations if {
	given := {"entity": {"values": {"SAUDIT": true, "OPERAUDT": false}}}
	count(L04.deny) > 0 with input as given
}
