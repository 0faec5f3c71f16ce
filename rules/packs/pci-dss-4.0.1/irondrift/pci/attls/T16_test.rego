package irondrift.pci.T16_test

import data.irondrift.pci.T16

test_pass if {
	given := {"entity": {"values": {"shadowed_by": [], "lint": []}}}
	count(T16.warn) == 0 with input as given
}

test_review_shadowed if {
	given := {"entity": {"values": {"shadowed_by": ["all"], "lint": ["L11 never reached: x"]}}}
	count(T16.warn) > 0 with input as given
}

test_review_lint if {
	given := {"entity": {"values": {"shadowed_by": [], "lint": ["L16 placeholder"]}}}
	count(T16.warn) > 0 with input as given
}

test_review_text if {
	given := {"entity": {"values": {"shadowed_by": [], "lint": [], "lint/text": ["L06 TLSRule"]}}}
	count(T16.warn) > 0 with input as given
}
