package irondrift.pci.T03_test

import data.irondrift.pci.T03

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_key": ["RSA 2048", "ECC 256"]}}, "facts": {"zones": ["untrusted"]}}
	count(T03.deny) == 0 with input as given
	count(T03.warn) == 0 with input as given
	count(T03.not_applicable) == 0 with input as given
}

test_fail_rsa if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_key": ["RSA 1024"]}}, "facts": {"zones": ["untrusted"]}}
	count(T03.deny) > 0 with input as given
}

test_fail_ecc if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_key": ["ECC 192"]}}, "facts": {"zones": ["untrusted"]}}
	count(T03.deny) > 0 with input as given
}

test_review_floor if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_key": ["ECC 224"]}}, "facts": {"zones": ["untrusted"]}}
	count(T03.deny) == 0 with input as given
	count(T03.warn) > 0 with input as given
}

test_review_unknown if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_key": ["RSA 2048", "unknown"]}}, "facts": {"zones": ["untrusted"]}}
	count(T03.deny) == 0 with input as given
	count(T03.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/cert_key": ["none"]}}, "facts": {"zones": ["untrusted"]}}
	count(T03.deny) == 0 with input as given
	count(T03.warn) == 0 with input as given
	count(T03.not_applicable) > 0 with input as given
}
