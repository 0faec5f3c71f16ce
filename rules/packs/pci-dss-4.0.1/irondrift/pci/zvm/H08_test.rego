package irondrift.pci.H08_test

import data.irondrift.pci.H08

test_pass if {
	given := {"entity": {"values": {"iucv": ["*MSG", "TCPIP"], "on/<member>/iucv": []}}}
	count(H08.deny) == 0 with input as given
}

test_fail_any if {
	given := {"entity": {"values": {"iucv": ["ANY"], "on/<member>/iucv": []}}}
	count(H08.deny) > 0 with input as given
}

test_fail_allow if {
	given := {"entity": {"values": {"iucv": ["ALLOW"], "on/<member>/iucv": []}}}
	count(H08.deny) > 0 with input as given
}

test_fail_member if {
	given := {"entity": {"values": {"iucv": [], "on/<member>/iucv": [["ANY"]]}}}
	count(H08.deny) > 0 with input as given
}
