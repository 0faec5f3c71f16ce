package irondrift.pci.U16_test

import data.irondrift.pci.U16

test_pass if {
	given := {"entity": {"values": {"CLASSACT": ["MFADEF"]}}}
	count(U16.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"CLASSACT": ["DATASET"]}}}
	count(U16.warn) > 0 with input as given
}
