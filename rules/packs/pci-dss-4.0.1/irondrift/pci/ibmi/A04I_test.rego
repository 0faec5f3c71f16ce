package irondrift.pci.A04I_test

import data.irondrift.pci.A04I

test_pass if {
	given := {"entity": {"values": {"special_authorities": ["*JOBCTL"], "no_password": false}}, "facts": {"supplied": false}, "parameters": {"powerful": ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]}}
	count(A04I.deny) == 0 with input as given
	count(A04I.warn) == 0 with input as given
	count(A04I.not_applicable) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "no_password": false}}, "facts": {"supplied": false, "approved_authorities": ["*ALLOBJ", "*SECADM"]}, "parameters": {"powerful": ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]}}
	count(A04I.deny) == 0 with input as given
	count(A04I.warn) == 0 with input as given
	count(A04I.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ", "*AUDIT"], "no_password": false}}, "facts": {"supplied": false, "approved_authorities": ["*ALLOBJ"]}, "parameters": {"powerful": ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]}}
	some msg in A04I.deny with input as given
	contains(msg, "*AUDIT")
}

test_review if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "no_password": false}}, "facts": {"supplied": false}, "parameters": {"powerful": ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]}}
	count(A04I.deny) == 0 with input as given
	count(A04I.warn) > 0 with input as given
}

test_review_supplied_with_password if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "no_password": false}}, "facts": {"supplied": true}, "parameters": {"powerful": ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]}}
	count(A04I.deny) == 0 with input as given
	count(A04I.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "no_password": true}}, "facts": {"supplied": true}, "parameters": {"powerful": ["*ALLOBJ", "*AUDIT", "*IOSYSCFG", "*SAVSYS", "*SECADM", "*SERVICE"]}}
	count(A04I.deny) == 0 with input as given
	count(A04I.warn) == 0 with input as given
	count(A04I.not_applicable) > 0 with input as given
}
