package irondrift.pci.T16S_test

import data.irondrift.pci.T16S

test_pass if {
	given := {"entity": {"values": {"lint": [], "rules/count": 12}}}
	count(T16S.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"lint": ["L31 unbalanced brace"], "rules/count": 12}}}
	count(T16S.warn) > 0 with input as given
}

test_review_none if {
	given := {"entity": {"values": {"lint": [], "rules/count": 0}}}
	count(T16S.warn) > 0 with input as given
}
