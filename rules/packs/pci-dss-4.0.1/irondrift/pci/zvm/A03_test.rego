package irondrift.pci.A03_test

import data.irondrift.pci.A03

test_pass if {
	given := {"entity": {"values": {"obey": ["TCPMAINT"]}}, "facts": {}, "parameters": {"administrators": ["TCPMAINT"]}}
	count(A03.deny) == 0 with input as given
	count(A03.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"obey": ["MAINT", "TCPMAINT"]}}, "facts": {"approved_obey": ["MAINT"]}, "parameters": {"administrators": ["TCPMAINT"]}}
	count(A03.deny) == 0 with input as given
	count(A03.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"obey": ["LINUX1", "TCPMAINT"]}}, "facts": {"approved_obey": ["MAINT"]}, "parameters": {"administrators": ["TCPMAINT"]}}
	count(A03.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"obey": ["MAINT", "TCPMAINT"]}}, "facts": {}, "parameters": {"administrators": ["TCPMAINT"]}}
	count(A03.deny) == 0 with input as given
	count(A03.warn) > 0 with input as given
}
