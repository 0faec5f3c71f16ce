package irondrift.pci.H19_test

import data.irondrift.pci.H19

test_pass if {
	given := {"entity": {"values": {"Trace": 2, "CtraceClearText": false}}}
	count(H19.deny) == 0 with input as given
	count(H19.warn) == 0 with input as given
}

test_pass_flow if {
	given := {"entity": {"values": {"Trace": 31}}}
	count(H19.deny) == 0 with input as given
	count(H19.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"Trace": 255}}}
	count(H19.deny) > 0 with input as given
	count(H19.warn) == 0 with input as given
}

test_review_data if {
	given := {"entity": {"values": {"Trace": 34}}}
	count(H19.deny) == 0 with input as given
	count(H19.warn) > 0 with input as given
}

test_review_ctrace if {
	given := {"entity": {"values": {"Trace": 2, "CtraceClearText": true}}}
	count(H19.deny) == 0 with input as given
	count(H19.warn) > 0 with input as given
}
