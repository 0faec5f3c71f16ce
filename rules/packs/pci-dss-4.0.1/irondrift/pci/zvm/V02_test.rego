package irondrift.pci.V02_test

import data.irondrift.pci.V02

test_pass if {
	given := {"entity": {"values": {"version": 7, "release": "4.0"}}, "facts": {"supported_releases": ["7.3", "7.4"]}}
	count(V02.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"version": 6, "release": "4.0"}}, "facts": {"supported_releases": ["7.3", "7.4"]}}
	count(V02.deny) > 0 with input as given
}
