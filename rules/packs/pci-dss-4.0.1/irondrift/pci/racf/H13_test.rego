package irondrift.pci.H13_test

import data.irondrift.pci.H13

test_pass if {
	given := {"entity": {"values": {"JESNJE": "????????", "JESUNDEF": "++++++++"}}}
	count(H13.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"JESNJE": "NJEUSER", "JESUNDEF": "++++++++"}}}
	count(H13.warn) > 0 with input as given
}
