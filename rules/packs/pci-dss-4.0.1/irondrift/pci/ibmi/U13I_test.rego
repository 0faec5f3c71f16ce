package irondrift.pci.U13I_test

import data.irondrift.pci.U13I

test_pass if {
	given := {"entity": {"values": {"QPWDRQDDIF": 1}}}
	count(U13I.deny) == 0 with input as given
	count(U13I.no_data) == 0 with input as given
}

test_pass_four if {
	given := {"entity": {"values": {"QPWDRQDDIF": 8}}}
	count(U13I.deny) == 0 with input as given
	count(U13I.no_data) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QPWDRQDDIF": 0}}}
	count(U13I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QPWDRQDDIF": 9}}}
	count(U13I.deny) == 0 with input as given
	count(U13I.no_data) > 0 with input as given
}
