package irondrift.pci.D03_test

import data.irondrift.pci.D03

test_pass if {
	given := {"entity": {"values": {"CLASSACT": ["CSFKEYS", "CSFSERV"], "RACLIST": ["CSFKEYS", "CSFSERV"]}}}
	count(D03.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"CLASSACT": ["CSFKEYS"], "RACLIST": []}}}
	count(D03.warn) > 0 with input as given
}
