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
