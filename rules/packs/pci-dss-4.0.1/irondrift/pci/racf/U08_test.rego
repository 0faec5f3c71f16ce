package irondrift.pci.U08_test

import data.irondrift.pci.U08

test_pass if {
	given := {"entity": {"values": {"PWDALG": "KDFAES"}}}
	count(U08.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"PWDALG": "LEGACY"}}}
	count(U08.deny) > 0 with input as given
}
