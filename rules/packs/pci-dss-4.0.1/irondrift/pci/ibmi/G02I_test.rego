package irondrift.pci.G02I_test

import data.irondrift.pci.G02I

test_pass if {
	given := {"entity": {"values": {"protocols": ["TLSv1.2"], "suites": ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]}}}
	count(G02I.warn) == 0 with input as given
}

test_review_version if {
	given := {"entity": {"values": {"protocols": ["TLSv1.0"], "suites": []}}}
	count(G02I.warn) > 0 with input as given
}

test_review_suite if {
	given := {"entity": {"values": {"protocols": ["TLSv1.2"], "suites": ["0xFEFE"]}}}
	count(G02I.warn) > 0 with input as given
}
