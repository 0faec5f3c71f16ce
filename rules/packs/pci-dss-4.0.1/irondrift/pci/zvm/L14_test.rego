package irondrift.pci.L14_test

import data.irondrift.pci.L14

test_pass if {
	given := {"entity": {"values": {"stp_timestamping": "on"}}, "facts": {}}
	count(L14.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"stp_timestamping": "off"}}, "facts": {}}
	count(L14.warn) > 0 with input as given
}
