package irondrift.pci.V03_test

import data.irondrift.pci.V03

test_pass if {
	given := {"entity": {"values": {"unapproved": 0}}}
	count(V03.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"unapproved": 3}}}
	count(V03.warn) > 0 with input as given
}
