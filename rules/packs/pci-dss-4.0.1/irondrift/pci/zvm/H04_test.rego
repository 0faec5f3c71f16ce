package irondrift.pci.H04_test

import data.irondrift.pci.H04

test_pass if {
	given := {"entity": {"values": {"password_class": "nolog"}}, "facts": {"supplied": true}}
	count(H04.deny) == 0 with input as given
	count(H04.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"supplied": true}}
	count(H04.deny) > 0 with input as given
}

test_pass_owned if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"supplied": true, "owner": "person"}}
	count(H04.deny) == 0 with input as given
	count(H04.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"supplied": false}}
	count(H04.deny) == 0 with input as given
	count(H04.not_applicable) > 0 with input as given
}

test_pass_vmsecure if {
	given := {"entity": {"values": {"password_class": "other", "vmsecure": ["NB=Y"]}}, "facts": {"supplied": true, "esm": "vmsecure"}}
	count(H04.deny) == 0 with input as given
}
