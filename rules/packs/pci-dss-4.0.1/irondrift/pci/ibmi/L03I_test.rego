package irondrift.pci.L03I_test

import data.irondrift.pci.L03I

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*OBJAUD"], "QCRTOBJAUD": "*CHANGE"}}}
	count(L03I.deny) == 0 with input as given
	count(L03I.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QCRTOBJAUD": "*CHANGE"}}}
	count(L03I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QAUDCTL": ["*OBJAUD"], "QCRTOBJAUD": "*NONE"}}}
	count(L03I.deny) == 0 with input as given
	count(L03I.warn) > 0 with input as given
}
