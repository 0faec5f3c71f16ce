package irondrift.pci.N02_test

import data.irondrift.pci.N02

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"approved": true}}
	count(N02.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"approved": false}}
	count(N02.deny) > 0 with input as given
}
