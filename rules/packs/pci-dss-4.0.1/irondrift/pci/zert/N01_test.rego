package irondrift.pci.N01_test

import data.irondrift.pci.N01

test_pass if {
	given := {"entity": {"values": {"protection": ["tls"]}}, "facts": {"approved": true}}
	count(N01.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"protection": ["tls"]}}, "facts": {"approved": false}}
	count(N01.deny) > 0 with input as given
}
