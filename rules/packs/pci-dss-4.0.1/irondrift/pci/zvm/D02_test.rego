package irondrift.pci.D02_test

import data.irondrift.pci.D02

test_pass if {
	given := {"entity": {"values": {"state": "required"}}, "facts": {}}
	count(D02.warn) == 0 with input as given
}

test_pass_on if {
	given := {"entity": {"values": {"state": "on"}}, "facts": {}}
	count(D02.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"state": "off"}}, "facts": {}}
	count(D02.warn) > 0 with input as given
}
