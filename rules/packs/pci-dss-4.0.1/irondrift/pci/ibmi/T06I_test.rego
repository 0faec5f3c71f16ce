package irondrift.pci.T06I_test

import data.irondrift.pci.T06I

test_pass if {
	given := {"entity": {"values": {"QSSLPCL": ["*TLSV1.2", "*TLSV1.3"]}}, "facts": {}}
	count(T06I.deny) == 0 with input as given
	count(T06I.warn) == 0 with input as given
}

test_pass_release if {
	given := {"entity": {"values": {"QSSLPCL": ["*OPSYS"]}}, "facts": {"release": 7.5}}
	count(T06I.deny) == 0 with input as given
	count(T06I.warn) == 0 with input as given
}

test_pass_release_text if {
	given := {"entity": {"values": {"QSSLPCL": ["*OPSYS"]}}, "facts": {"release": "V7R4M0"}}
	count(T06I.deny) == 0 with input as given
	count(T06I.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QSSLPCL": ["*TLSV1", "*TLSV1.2"]}}, "facts": {}}
	count(T06I.deny) > 0 with input as given
}

test_fail_release if {
	given := {"entity": {"values": {"QSSLPCL": ["*OPSYS"]}}, "facts": {"release": "7.3"}}
	count(T06I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QSSLPCL": ["*OPSYS"]}}, "facts": {}}
	count(T06I.deny) == 0 with input as given
	count(T06I.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QSSLPCL": ["*TLSV1.2", "*TLSW1"]}}, "facts": {"release": "7.5"}}
	count(T06I.deny) == 0 with input as given
	count(T06I.warn) > 0 with input as given
}
