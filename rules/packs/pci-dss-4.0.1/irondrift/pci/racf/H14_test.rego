package irondrift.pci.H14_test

import data.irondrift.pci.H14

test_pass if {
	given := {"entity": {"values": {"GENOWNER": true, "EGN": true, "ADSP": false}}}
	count(H14.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"GENOWNER": false, "EGN": true, "ADSP": false}}}
	count(H14.deny) > 0 with input as given
}

test_fail_adsp if {
	given := {"entity": {"values": {"GENOWNER": true, "EGN": true, "ADSP": true}}}
	count(H14.deny) > 0 with input as given
}
