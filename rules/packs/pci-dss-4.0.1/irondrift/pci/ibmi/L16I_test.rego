package irondrift.pci.L16I_test

import data.irondrift.pci.L16I

test_pass if {
	given := {"entity": {"values": {"QAUDENDACN": "*PWRDWNSYS"}}}
	count(L16I.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QAUDENDACN": "*NOTIFY"}}}
	count(L16I.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QAUDENDACN": "*NOTIFX"}}}
	count(L16I.warn) > 0 with input as given
}
