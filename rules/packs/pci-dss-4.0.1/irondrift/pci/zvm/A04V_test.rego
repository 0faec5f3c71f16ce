package irondrift.pci.A04V_test

import data.irondrift.pci.A04V

lists := {"special/users": ["SECADM"], "operations/users": [], "auditor/users": ["AUDIT1"], "roauditor/users": []}

test_pass if {
	given := {"entity": {"values": lists}, "facts": {"approved_racf": {"special": ["SECADM"], "auditor": ["AUDIT1"]}}}
	count(A04V.deny) == 0 with input as given
	count(A04V.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": lists}, "facts": {"approved_racf": {"special": ["SECADM"]}}}
	A04V.deny == {"AUDITOR: AUDIT1 without approval"} with input as given
}

test_review if {
	given := {"entity": {"values": lists}, "facts": {}}
	count(A04V.deny) == 0 with input as given
	count(A04V.warn) == 2 with input as given
}
