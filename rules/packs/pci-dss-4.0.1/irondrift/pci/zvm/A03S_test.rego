package irondrift.pci.A03S_test

import data.irondrift.pci.A03S

test_pass if {
	given := {"entity": {"values": {"admin_id_list": ["GSKADMIN", "TCPMAINT"]}}, "facts": {}, "parameters": {"administrators": ["GSKADMIN", "TCPMAINT"]}}
	count(A03S.deny) == 0 with input as given
	count(A03S.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"admin_id_list": ["MAINT"]}}, "facts": {"approved_ssl_admins": ["MAINT"]}, "parameters": {"administrators": ["GSKADMIN", "TCPMAINT"]}}
	count(A03S.deny) == 0 with input as given
	count(A03S.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"admin_id_list": ["LINUX1"]}}, "facts": {"approved_ssl_admins": ["MAINT"]}, "parameters": {"administrators": ["GSKADMIN", "TCPMAINT"]}}
	count(A03S.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"admin_id_list": ["MAINT"]}}, "facts": {}, "parameters": {"administrators": ["GSKADMIN", "TCPMAINT"]}}
	count(A03S.deny) == 0 with input as given
	count(A03S.warn) > 0 with input as given
}
