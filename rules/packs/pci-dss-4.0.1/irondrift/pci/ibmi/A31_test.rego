package irondrift.pci.A31_test

import data.irondrift.pci.A31

test_pass if {
	given := {"entity": {"values": {"QLMTSECOFR": 1}}}
	count(A31.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QLMTSECOFR": 0}}}
	count(A31.warn) > 0 with input as given
}
