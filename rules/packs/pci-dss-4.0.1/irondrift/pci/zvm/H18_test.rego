package irondrift.pci.H18_test

import data.irondrift.pci.H18

test_pass if {
	given := {"entity": {"values": {"set_privclass": "off"}}, "facts": {}}
	count(H18.deny) == 0 with input as given
	count(H18.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"set_privclass": "on"}}, "facts": {}}
	count(H18.deny) > 0 with input as given
}

test_review_reason if {
	given := {"entity": {"values": {"set_privclass": "on"}}, "facts": {"set_privclass_reason": "guests lower themselves"}}
	count(H18.deny) == 0 with input as given
	count(H18.warn) > 0 with input as given
}
