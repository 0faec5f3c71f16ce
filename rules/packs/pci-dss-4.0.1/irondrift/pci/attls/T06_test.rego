package irondrift.pci.T06_test

import data.irondrift.pci.T06

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.2", "TLSv1.3"], "defaulted": ["TLSv1"]}}}
	count(T06.deny) == 0 with input as given
	count(T06.warn) == 0 with input as given
}

test_fail_stated if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.0", "TLSv1.2"]}}}
	count(T06.deny) > 0 with input as given
	count(T06.warn) == 0 with input as given
}

test_fail_by_default if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.1", "TLSv1.2"], "defaulted": ["TLSv1.1"]}}}
	count(T06.deny) > 0 with input as given
	count(T06.warn) == 0 with input as given
}

test_review_clear if {
	given := {"entity": {"values": {"TTLSEnabled": false, "tls/versions": []}}}
	count(T06.deny) == 0 with input as given
	count(T06.warn) > 0 with input as given
}

test_review_nothing_on if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": []}}}
	count(T06.deny) == 0 with input as given
	count(T06.warn) > 0 with input as given
}

test_review_unknown_version if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.4"]}}}
	count(T06.deny) == 0 with input as given
	count(T06.warn) > 0 with input as given
}

test_says_why if {
	stated := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.0"], "defaulted": []}}}
	T06.deny == {"TLSv1.0 is on; RFC 8996 and SP 800-52r2 rule it out"} with input as stated
	silent := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.0"], "defaulted": ["TLSv1"]}}}
	T06.deny == {"TLSv1.0 is on, not by the text but by the default of the release: TLSv1 is not stated"} with input as silent
}
