package irondrift.pci.L05_test

import data.irondrift.pci.L05

test_pass if {
	given := {"entity": {"values": {"CMDVIOL": true, "INITSTAT": true, "LOGNEVER": []}}}
	count(L05.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"CMDVIOL": false, "INITSTAT": true, "LOGNEVER": []}}}
	count(L05.deny) > 0 with input as given
}

test_fail_never if {
	given := {"entity": {"values": {"CMDVIOL": true, "INITSTAT": true, "LOGNEVER": ["FACILITY"]}}}
	count(L05.deny) > 0 with input as given
}
