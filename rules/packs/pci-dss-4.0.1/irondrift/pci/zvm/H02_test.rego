package irondrift.pci.H02_test

import data.irondrift.pci.H02

test_pass if {
	given := {"entity": {"values": {"password_class": "lbyonly"}}, "facts": {}}
	count(H02.deny) == 0 with input as given
	count(H02.warn) == 0 with input as given
}

test_fail_vendor if {
	given := {"entity": {"values": {"password_class": "vendor-default"}}, "facts": {}}
	count(H02.deny) > 0 with input as given
}

test_fail_userid_no_esm if {
	given := {"entity": {"values": {"password_class": "equals-userid"}}, "facts": {"esm": "none"}}
	count(H02.deny) > 0 with input as given
}

test_review_esm if {
	given := {"entity": {"values": {"password_class": "vendor-default"}}, "facts": {"esm": "racf"}}
	count(H02.deny) == 0 with input as given
	count(H02.warn) > 0 with input as given
}
