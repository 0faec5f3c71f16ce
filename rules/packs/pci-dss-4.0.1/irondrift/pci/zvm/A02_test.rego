package irondrift.pci.A02_test

import data.irondrift.pci.A02

test_review_minor if {
	given := {"entity": {"values": {"option": ["SVMSTAT"], "on/<member>/option": []}}, "facts": {}}
	count(A02.deny) == 0 with input as given
	count(A02.warn) > 0 with input as given
}

test_pass if {
	given := {"entity": {"values": {"option": ["QUICKDSP", "MAXCONN 256"], "on/<member>/option": []}}, "facts": {}}
	count(A02.deny) == 0 with input as given
	count(A02.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"option": ["LNKNOPAS"], "on/<member>/option": []}}, "facts": {}}
	count(A02.deny) > 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"option": ["LNKNOPAS"], "on/<member>/option": []}}, "facts": {"approved_options": ["LNKNOPAS"]}}
	count(A02.deny) == 0 with input as given
	count(A02.warn) == 0 with input as given
}

test_fail_member if {
	given := {"entity": {"values": {"option": [], "on/<member>/option": [["DIAG88"]]}}, "facts": {}}
	count(A02.deny) > 0 with input as given
}
