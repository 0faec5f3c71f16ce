package irondrift.pci.G03_test

import data.irondrift.pci.G03

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"observed": {"services": 1, "clear": 0, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(G03.warn) == 0 with input as given
}

test_review_unused if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"observed": {"services": 0, "clear": 0, "versions": [], "suites": []}}}
	count(G03.warn) > 0 with input as given
}

test_review_version if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.2", "TLSv1.3"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"observed": {"services": 1, "clear": 0, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(G03.warn) > 0 with input as given
}

test_review_suite if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"]}}, "facts": {"observed": {"services": 1, "clear": 0, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(G03.warn) > 0 with input as given
}

test_review_clear if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"observed": {"services": 1, "clear": 2, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(G03.warn) > 0 with input as given
}

test_pass_off if {
	given := {"entity": {"values": {"TTLSEnabled": false, "tls/versions": [], "tls/suites": []}}, "facts": {"observed": {"services": 1, "clear": 1, "versions": [], "suites": []}}}
	count(G03.warn) == 0 with input as given
}
