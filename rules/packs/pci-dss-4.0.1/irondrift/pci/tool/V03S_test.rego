package irondrift.pci.V03S_test

import data.irondrift.pci.V03S

test_pass if {
	given := {"entity": {"values": {"unsigned": 0}}}
	count(V03S.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"unsigned": 1}}}
	count(V03S.deny) > 0 with input as given
}
