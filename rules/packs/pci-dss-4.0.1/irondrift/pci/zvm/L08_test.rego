package irondrift.pci.L08_test

import data.irondrift.pci.L08

test_pass if {
	count(L08.deny) == 0 with input as {"entity": {"values": {"sever": "yes"}}}
}

test_fail if {
	count(L08.deny) == 1 with input as {"entity": {"values": {"sever": "no"}}}
}
