package irondrift.pci.A30_test

import data.irondrift.pci.A30

test_pass if {
	given := {"entity": {"values": {"QCRTAUT": "*USE"}}, "parameters": {"open": ["*ALL", "*CHANGE"]}}
	count(A30.deny) == 0 with input as given
	count(A30.warn) == 0 with input as given
}

test_pass_exclude if {
	given := {"entity": {"values": {"QCRTAUT": "*EXCLUDE"}}, "parameters": {"open": ["*ALL", "*CHANGE"]}}
	count(A30.deny) == 0 with input as given
	count(A30.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QCRTAUT": "*CHANGE"}}, "parameters": {"open": ["*ALL", "*CHANGE"]}}
	count(A30.deny) > 0 with input as given
}

test_fail_all if {
	given := {"entity": {"values": {"QCRTAUT": "*ALL"}}, "parameters": {"open": ["*ALL", "*CHANGE"]}}
	count(A30.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QCRTAUT": "NEWOBJ"}}, "parameters": {"open": ["*ALL", "*CHANGE"]}}
	count(A30.deny) == 0 with input as given
	count(A30.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QCRTAUT": "*CHANGU"}}, "parameters": {"open": ["*ALL", "*CHANGE"]}}
	count(A30.deny) == 0 with input as given
	count(A30.warn) > 0 with input as given
}
