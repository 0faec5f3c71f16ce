package irondrift.pci.L04U_test

import data.irondrift.pci.L04U

test_pass if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "action_auditing": ["*CMD"], "status": "*ENABLED", "no_password": false}}, "parameters": {"powerful": ["*ALLOBJ", "*SECADM"]}}
	count(L04U.deny) == 0 with input as given
	count(L04U.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "action_auditing": [], "status": "*ENABLED", "no_password": false}}, "parameters": {"powerful": ["*ALLOBJ", "*SECADM"]}}
	count(L04U.deny) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"special_authorities": ["*JOBCTL"], "action_auditing": [], "status": "*ENABLED", "no_password": false}}, "parameters": {"powerful": ["*ALLOBJ", "*SECADM"]}}
	count(L04U.deny) == 0 with input as given
	count(L04U.not_applicable) > 0 with input as given
}

test_not_applicable_no_password if {
	given := {"entity": {"values": {"special_authorities": ["*ALLOBJ"], "action_auditing": [], "status": "*ENABLED", "no_password": true}}, "parameters": {"powerful": ["*ALLOBJ", "*SECADM"]}}
	count(L04U.deny) == 0 with input as given
	count(L04U.not_applicable) > 0 with input as given
}
