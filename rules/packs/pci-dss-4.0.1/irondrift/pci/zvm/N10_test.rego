package irondrift.pci.N10_test

import data.irondrift.pci.N10

test_pass if {
	given := {"entity": {"values": {"limit/transient": "0"}}, "facts": {}}
	count(N10.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"limit/transient": "infinite"}}, "facts": {}}
	count(N10.deny) > 0 with input as given
}

test_fail_some if {
	given := {"entity": {"values": {"limit/transient": "5"}}, "facts": {}}
	count(N10.deny) > 0 with input as given
}
