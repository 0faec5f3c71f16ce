package irondrift.pci.H34_test

import data.irondrift.pci.H34

test_pass if {
	given := {"entity": {"values": {"QAUTOCFG": 0, "QAUTORMT": 0, "QAUTOVRT": "200"}}}
	count(H34.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QAUTOCFG": 1, "QAUTORMT": 0, "QAUTOVRT": "0"}}}
	count(H34.warn) > 0 with input as given
}

test_review_remote if {
	given := {"entity": {"values": {"QAUTOCFG": 0, "QAUTORMT": 1, "QAUTOVRT": "0"}}}
	count(H34.warn) > 0 with input as given
}

test_review_virtual if {
	given := {"entity": {"values": {"QAUTOCFG": 0, "QAUTORMT": 0, "QAUTOVRT": "*NOMAX"}}}
	count(H34.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QAUTOCFG": 0, "QAUTORMT": 0, "QAUTOVRT": "*NOMAY"}}}
	count(H34.warn) > 0 with input as given
}
