package irondrift.pci.D01_test

import data.irondrift.pci.D01

test_pass if {
	given := {"entity": {"values": {"clear_tdisk": "on"}}, "facts": {}}
	count(D01.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"clear_tdisk": "off"}}, "facts": {}}
	count(D01.warn) > 0 with input as given
}
