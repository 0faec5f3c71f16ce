package irondrift.pci.U19_test

import data.irondrift.pci.U19

test_pass if {
	given := {"entity": {"values": {"password_class": "autoonly"}}, "facts": {"supplied": true}}
	count(U19.deny) == 0 with input as given
	count(U19.warn) == 0 with input as given
	count(U19.not_applicable) == 0 with input as given
}

test_fail_supplied if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"supplied": true}}
	count(U19.deny) > 0 with input as given
}

test_fail_service if {
	given := {"entity": {"values": {"password_class": "weak"}}, "facts": {"supplied": false, "owner": "service"}}
	count(U19.deny) > 0 with input as given
}

test_review_lbyonly if {
	given := {"entity": {"values": {"password_class": "lbyonly"}}, "facts": {"supplied": true}}
	count(U19.deny) == 0 with input as given
	count(U19.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"password_class": "other"}}, "facts": {"supplied": false}}
	count(U19.deny) == 0 with input as given
	count(U19.warn) == 0 with input as given
	count(U19.not_applicable) > 0 with input as given
}

test_review_vmsecure if {
	given := {"entity": {"values": {"password_class": "other", "vmsecure": ["NB=Y"]}}, "facts": {"supplied": true, "esm": "vmsecure"}}
	count(U19.deny) == 0 with input as given
	count(U19.warn) > 0 with input as given
}

test_fail_vmsecure_not_used if {
	given := {"entity": {"values": {"password_class": "other", "vmsecure": ["NB=Y"]}}, "facts": {"supplied": true, "esm": "racf"}}
	count(U19.deny) > 0 with input as given
}
