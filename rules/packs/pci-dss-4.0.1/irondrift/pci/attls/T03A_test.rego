package irondrift.pci.T03A_test

import data.irondrift.pci.T03A

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "PeerMinRsaKeySize": 2048, "PeerMinDHKeySize": 2048, "PeerMinDsaKeySize": 2048, "PeerMinECCKeySize": 256}}}
	count(T03A.warn) == 0 with input as given
	count(T03A.no_data) == 0 with input as given
	count(T03A.not_applicable) == 0 with input as given
}

test_review_default if {
	given := {"entity": {"values": {"TTLSEnabled": true, "PeerMinRsaKeySize": 1024, "PeerMinDHKeySize": 2048, "PeerMinDsaKeySize": 2048, "PeerMinECCKeySize": 192}}}
	count(T03A.warn) > 0 with input as given
	count(T03A.no_data) == 0 with input as given
	count(T03A.not_applicable) == 0 with input as given
}

test_unknown if {
	given := {"entity": {"values": {"TTLSEnabled": true, "PeerMinRsaKeySize": 2048, "PeerMinDHKeySize": 2048, "PeerMinDsaKeySize": 2048}}}
	count(T03A.warn) == 0 with input as given
	count(T03A.no_data) > 0 with input as given
	count(T03A.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false}}}
	count(T03A.warn) == 0 with input as given
	count(T03A.no_data) == 0 with input as given
	count(T03A.not_applicable) > 0 with input as given
}
