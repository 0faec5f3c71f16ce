package irondrift.pci.T07_test

import data.irondrift.pci.T07

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/suites": ["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}}}
	count(T07.deny) == 0 with input as given
	count(T07.warn) == 0 with input as given
	count(T07.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/suites": ["TLS_RSA_WITH_RC4_128_SHA"]}}}
	count(T07.deny) > 0 with input as given
	count(T07.warn) == 0 with input as given
	count(T07.not_applicable) == 0 with input as given
}

test_fail_unregistered if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/suites": ["0xFADE"]}}}
	count(T07.deny) > 0 with input as given
	count(T07.warn) == 0 with input as given
	count(T07.not_applicable) == 0 with input as given
}

test_review_weak if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/suites": ["TLS_RSA_WITH_AES_256_CBC_SHA"]}}}
	count(T07.deny) == 0 with input as given
	count(T07.warn) > 0 with input as given
	count(T07.not_applicable) == 0 with input as given
}

test_review_default if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/suites": ["TLS_AES_256_GCM_SHA384"], "defaulted": ["V3CipherSuites"]}}}
	count(T07.deny) == 0 with input as given
	count(T07.warn) > 0 with input as given
	count(T07.not_applicable) == 0 with input as given
}

test_review_none if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/suites": []}}}
	count(T07.deny) == 0 with input as given
	count(T07.warn) > 0 with input as given
	count(T07.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false, "tls/suites": []}}}
	count(T07.deny) == 0 with input as given
	count(T07.warn) == 0 with input as given
	count(T07.not_applicable) > 0 with input as given
}
