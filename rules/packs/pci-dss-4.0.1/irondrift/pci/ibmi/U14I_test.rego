package irondrift.pci.U14I_test

import data.irondrift.pci.U14I

test_pass if {
	given := {"entity": {"values": {"QPWDCHGBLK": "24"}}}
	count(U14I.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QPWDCHGBLK": "*NONE"}}}
	count(U14I.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QPWDCHGBLK": "*NONF"}}}
	count(U14I.warn) > 0 with input as given
}
