package irondrift.pci.H36_test

import data.irondrift.pci.H36

test_pass if {
	given := {"entity": {"values": {"QSCANFS": ["*ROOTOPNUD"], "QSCANFSCTL": ["*ERRFAIL", "*NOWRTUPG"]}}}
	count(H36.warn) == 0 with input as given
}

test_pass_without_control if {
	given := {"entity": {"values": {"QSCANFS": ["*ROOTOPNUD"]}}}
	count(H36.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QSCANFS": ["*NONE"]}}}
	count(H36.warn) > 0 with input as given
}

test_review_control if {
	given := {"entity": {"values": {"QSCANFS": ["*ROOTOPNUD"], "QSCANFSCTL": ["*NOFAILCLO"]}}}
	count(H36.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QSCANFS": ["*NONF"], "QSCANFSCTL": ["*ERRFAIL"]}}}
	count(H36.warn) > 0 with input as given
}
