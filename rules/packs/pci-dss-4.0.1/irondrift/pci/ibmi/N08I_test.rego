package irondrift.pci.N08I_test

import data.irondrift.pci.N08I

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["cde", "internal"]}}
	count(N08I.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["untrusted"], "approved": true}}
	count(N08I.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["untrusted"]}}
	count(N08I.warn) > 0 with input as given
}

test_review_unknown if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["unknown"]}}
	count(N08I.warn) > 0 with input as given
}
