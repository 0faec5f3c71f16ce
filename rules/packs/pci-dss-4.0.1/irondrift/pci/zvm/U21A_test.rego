package irondrift.pci.U21A_test

import data.irondrift.pci.U21A

test_pass if {
	given := {"entity": {"values": {"password_class": "none"}}, "facts": {}}
	count(U21A.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {}}
	count(U21A.warn) > 0 with input as given
}
