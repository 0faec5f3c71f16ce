package irondrift.pci.H35_test

import data.irondrift.pci.H35

test_pass if {
	given := {"entity": {"values": {"QALWUSRDMN": ["QTEMP"], "QSHRMEMCTL": 0}}}
	count(H35.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QALWUSRDMN": ["*ALL"], "QSHRMEMCTL": 0}}}
	count(H35.warn) > 0 with input as given
}

test_review_memory if {
	given := {"entity": {"values": {"QALWUSRDMN": ["QTEMP"], "QSHRMEMCTL": 1}}}
	count(H35.warn) > 0 with input as given
}
