package irondrift.pci.H33_test

import data.irondrift.pci.H33

test_pass if {
	given := {"entity": {"values": {"QRMTIPL": 0, "QRMTSRVATR": 0}}}
	count(H33.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QRMTIPL": 1, "QRMTSRVATR": 0}}}
	count(H33.deny) > 0 with input as given
}

test_fail_service if {
	given := {"entity": {"values": {"QRMTIPL": 0, "QRMTSRVATR": 1}}}
	count(H33.deny) > 0 with input as given
}
