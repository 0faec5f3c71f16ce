package irondrift.pci.U09_test

import data.irondrift.pci.U09

test_pass if {
	given := {"entity": {"values": {"password_class": "lbyonly"}}, "facts": {}}
	count(U09.deny) == 0 with input as given
	count(U09.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"esm": "none"}}
	count(U09.deny) > 0 with input as given
}

test_fail_not_stated if {
	given := {"entity": {"values": {"password_class": "weak"}}, "facts": {}}
	count(U09.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"esm": "racf"}}
	count(U09.deny) == 0 with input as given
	count(U09.warn) > 0 with input as given
}
