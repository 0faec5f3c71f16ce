package irondrift.pci.H30_test

import data.irondrift.pci.H30

test_pass if {
	given := {"entity": {"values": {"QSECURITY": 40}}, "parameters": {"min_level": 40}}
	count(H30.deny) == 0 with input as given
	count(H30.warn) == 0 with input as given
}

test_pass_50 if {
	given := {"entity": {"values": {"QSECURITY": 50, "ibmi/security/PENDING_SECURITY_LEVEL": "none"}}, "parameters": {"min_level": 40}}
	count(H30.deny) == 0 with input as given
	count(H30.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QSECURITY": 30}}, "parameters": {"min_level": 40}}
	count(H30.deny) > 0 with input as given
}

test_review_pending if {
	given := {"entity": {"values": {"QSECURITY": 40, "ibmi/security/PENDING_SECURITY_LEVEL": "30"}}, "parameters": {"min_level": 40}}
	count(H30.deny) == 0 with input as given
	count(H30.warn) > 0 with input as given
}
