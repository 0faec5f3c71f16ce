package irondrift.pci.U13_test

import data.irondrift.pci.U13

test_pass if {
	given := {"entity": {"values": {"HISTORY": 4}}, "parameters": {"generations": 4}}
	count(U13.deny) == 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"HISTORY": 0}}, "parameters": {"generations": 4}}
	count(U13.deny) > 0 with input as given
}

test_fail_few if {
	given := {"entity": {"values": {"HISTORY": 3}}, "parameters": {"generations": 4}}
	count(U13.deny) > 0 with input as given
}

test_fail_site if {
	given := {"entity": {"values": {"HISTORY": 12}}, "parameters": {"generations": 24}}
	count(U13.deny) > 0 with input as given
}
