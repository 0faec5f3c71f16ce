package irondrift.pci.H05_test

import data.irondrift.pci.H05

test_pass if {
	given := {"entity": {"values": {"RVARSWPW": "INSTLN", "RVARSTPW": "INSTLN"}}}
	count(H05.deny) == 0 with input as given
	count(H05.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"RVARSWPW": "DEFAULT", "RVARSTPW": "INSTLN"}}}
	count(H05.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"RVARSWPW": "OTHER", "RVARSTPW": "INSTLN"}}}
	count(H05.deny) == 0 with input as given
	count(H05.warn) > 0 with input as given
}
