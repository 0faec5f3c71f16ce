package irondrift.pci.H12_test

import data.irondrift.pci.H12

test_pass if {
	given := {"entity": {"values": {"JESBATCH": true, "JESXBM": true, "JESEARLY": true}}}
	count(H12.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"JESBATCH": false, "JESXBM": true, "JESEARLY": true}}}
	count(H12.deny) > 0 with input as given
}

test_fail_xbm if {
	given := {"entity": {"values": {"JESBATCH": true, "JESXBM": false, "JESEARLY": true}}}
	count(H12.deny) > 0 with input as given
}

test_fail_early if {
	given := {"entity": {"values": {"JESBATCH": true, "JESXBM": true, "JESEARLY": false}}}
	count(H12.deny) > 0 with input as given
}
