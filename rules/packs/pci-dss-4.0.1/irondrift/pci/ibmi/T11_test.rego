package irondrift.pci.T11_test

import data.irondrift.pci.T11

test_review if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}}
	count(T11.warn) > 0 with input as given
}
