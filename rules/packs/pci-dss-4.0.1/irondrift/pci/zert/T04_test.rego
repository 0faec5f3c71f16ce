package irondrift.pci.T04_test

import data.irondrift.pci.T04

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_digest": ["SHA-256"]}}, "facts": {"zones": ["untrusted"]}}
	count(T04.deny) == 0 with input as given
	count(T04.warn) == 0 with input as given
	count(T04.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_digest": ["SHA1", "SHA-256"]}}, "facts": {"zones": ["untrusted"]}}
	count(T04.deny) > 0 with input as given
}

test_review_sha224 if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_digest": ["SHA-224"]}}, "facts": {"zones": ["untrusted"]}}
	count(T04.deny) == 0 with input as given
	count(T04.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_digest": []}}, "facts": {"zones": ["untrusted"]}}
	count(T04.deny) == 0 with input as given
	count(T04.warn) == 0 with input as given
	count(T04.not_applicable) > 0 with input as given
}
