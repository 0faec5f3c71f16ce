package irondrift.pci.U12_test

import data.irondrift.pci.U12

test_pass if {
	given := {"entity": {"values": {"RULES": true, "RULE1": "8:8 xxxxxxxx", "RULE2": "none"}}, "facts": {"phrase_policy": true}}
	count(U12.deny) == 0 with input as given
	count(U12.warn) == 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"RULES": false}}, "facts": {}}
	count(U12.deny) > 0 with input as given
}

test_fail_short if {
	given := {"entity": {"values": {"RULES": true, "RULE1": "6:8 ********"}}, "facts": {}}
	count(U12.deny) > 0 with input as given
}

test_review_free if {
	given := {"entity": {"values": {"RULES": true, "RULE1": "8:8 ********"}}, "facts": {"phrase_policy": true}}
	count(U12.deny) == 0 with input as given
	count(U12.warn) > 0 with input as given
}

test_review_phrase if {
	given := {"entity": {"values": {"RULES": true, "RULE1": "8:8 xxxxxxxx"}}, "facts": {}}
	count(U12.deny) == 0 with input as given
	count(U12.warn) > 0 with input as given
}

test_review_not_shown if {
	given := {"entity": {"values": {"RULES": true}}, "facts": {"phrase_policy": true}}
	count(U12.deny) == 0 with input as given
	count(U12.warn) > 0 with input as given
}
