package irondrift.pci.T02_test

import data.irondrift.pci.T02

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}}, "facts": {"zones": ["untrusted"]}}
	count(T02.deny) == 0 with input as given
	count(T02.warn) == 0 with input as given
	count(T02.not_applicable) == 0 with input as given
}

test_fail_insecure if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]}}, "facts": {"zones": ["untrusted"]}}
	count(T02.deny) > 0 with input as given
}

test_fail_unregistered if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["0x0061"]}}, "facts": {"zones": ["untrusted"]}}
	count(T02.deny) > 0 with input as given
}

test_review_weak if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"]}}, "facts": {"zones": ["untrusted"]}}
	count(T02.deny) == 0 with input as given
	count(T02.warn) > 0 with input as given
}

test_review_unknown if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["unknown"]}}, "facts": {"zones": ["untrusted"]}}
	count(T02.deny) == 0 with input as given
	count(T02.warn) > 0 with input as given
}

test_review_unknown_zone if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["TLS_RSA_WITH_RC4_128_SHA"]}}, "facts": {"zones": ["unknown"]}}
	count(T02.deny) == 0 with input as given
	count(T02.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/suites": ["TLS_RSA_WITH_RC4_128_SHA"]}}, "facts": {"zones": ["internal"]}}
	count(T02.deny) == 0 with input as given
	count(T02.warn) == 0 with input as given
	count(T02.not_applicable) > 0 with input as given
}
