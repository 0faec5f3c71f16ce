package irondrift.pci.G02_test

import data.irondrift.pci.G02

test_pass if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_RSA_WITH_AES_128_GCM_SHA256"]}}}
	count(G02.warn) == 0 with input as given
	count(G02.not_applicable) == 0 with input as given
}

test_review_version if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.1"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(G02.warn) > 0 with input as given
}

test_review_suite if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_RSA_WITH_RC4_128_SHA"]}}}
	count(G02.warn) > 0 with input as given
}

test_review_gap if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["unknown"], "tls/suites": ["unknown"]}}}
	count(G02.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}}
	count(G02.warn) == 0 with input as given
	count(G02.not_applicable) > 0 with input as given
}
