package irondrift.pci.U23_test

import data.irondrift.pci.U23

test_pass if {
	given := {"entity": {"values": {"QRETSVRSEC": 0}}}
	count(U23.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QRETSVRSEC": 1}}}
	count(U23.warn) > 0 with input as given
}
