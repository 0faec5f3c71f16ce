package irondrift.pci.U27_test

import data.irondrift.pci.U27

test_pass if {
	given := {"entity": {"values": {"QLMTDEVSSN": 1}}}
	count(U27.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QLMTDEVSSN": 0}}}
	count(U27.warn) == 1 with input as given
}

test_absent if {
	given := {"entity": {"values": {}}}
	count(U27.warn) == 0 with input as given
}
