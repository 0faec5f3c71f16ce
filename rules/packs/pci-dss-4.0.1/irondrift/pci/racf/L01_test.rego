package irondrift.pci.L01_test

import data.irondrift.pci.L01

test_pass if {
	given := {"entity": {"values": {"AUDIT": ["DATASET", "GROUP", "USER"]}}, "parameters": {"classes": ["DATASET", "GROUP", "USER"]}}
	count(L01.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"AUDIT": ["USER"]}}, "parameters": {"classes": ["DATASET", "GROUP", "USER"]}}
	count(L01.deny) > 0 with input as given
}

test_fail_empty if {
	given := {"entity": {"values": {"AUDIT": []}}, "parameters": {"classes": ["DATASET", "GROUP", "USER"]}}
	count(L01.deny) > 0 with input as given
}
