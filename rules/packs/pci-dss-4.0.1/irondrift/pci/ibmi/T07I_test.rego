package irondrift.pci.T07I_test

import data.irondrift.pci.T07I

test_pass if {
	given := {"entity": {"values": {"QSSLCSL": ["*AES_256_GCM_SHA384", "*CHACHA20_POLY1305_SHA256", "*ECDHE_RSA_AES_256_GCM_SHA384", "*ECDHE_ECDSA_AES_128_GCM_SHA256"]}}}
	count(T07I.deny) == 0 with input as given
	count(T07I.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QSSLCSL": ["*RSA_RC4_128_SHA"]}}}
	count(T07I.deny) > 0 with input as given
}

test_fail_export if {
	given := {"entity": {"values": {"QSSLCSL": ["*RSA_EXPORT_RC4_40_MD5"]}}}
	count(T07I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QSSLCSL": ["*RSA_AES_128_CBC_SHA"]}}}
	count(T07I.deny) == 0 with input as given
	count(T07I.warn) > 0 with input as given
}

test_review_unregistered if {
	given := {"entity": {"values": {"QSSLCSL": ["*ECDHE_XYZ_AES"]}}}
	count(T07I.deny) == 0 with input as given
	count(T07I.warn) > 0 with input as given
}

test_review_empty if {
	given := {"entity": {"values": {"QSSLCSL": []}}}
	count(T07I.deny) == 0 with input as given
	count(T07I.warn) > 0 with input as given
}
