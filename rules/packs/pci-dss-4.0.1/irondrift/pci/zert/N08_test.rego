package irondrift.pci.N08_test

import data.irondrift.pci.N08

test_pass_inside if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["internal"]}}
	count(N08.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["untrusted"], "approved": true}}
	count(N08.warn) == 0 with input as given
}

test_review_open if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["untrusted"], "approved": false}}
	count(N08.warn) > 0 with input as given
}

test_review_unknown if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["unknown"]}}
	count(N08.warn) > 0 with input as given
}
