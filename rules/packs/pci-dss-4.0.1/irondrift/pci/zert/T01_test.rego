package irondrift.pci.T01_test

import data.irondrift.pci.T01

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/versions": ["TLSv1.2", "TLSv1.3"]}}, "facts": {"zones": ["untrusted"]}}
	count(T01.deny) == 0 with input as given
	count(T01.warn) == 0 with input as given
	count(T01.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/versions": ["TLSv1.0", "TLSv1.2"]}}, "facts": {"zones": ["untrusted"]}}
	count(T01.deny) > 0 with input as given
}

test_review_unknown_zone if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/versions": ["TLSv1.0"]}}, "facts": {"zones": ["unknown"]}}
	count(T01.deny) == 0 with input as given
	count(T01.warn) > 0 with input as given
}

test_review_unknown_version if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/versions": ["TLSv1.2", "unknown"]}}, "facts": {"zones": ["untrusted"]}}
	count(T01.deny) == 0 with input as given
	count(T01.warn) > 0 with input as given
}

test_not_applicable_inside if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/versions": ["TLSv1.0"]}}, "facts": {"zones": ["internal"]}}
	count(T01.deny) == 0 with input as given
	count(T01.warn) == 0 with input as given
	count(T01.not_applicable) > 0 with input as given
}

test_not_applicable_no_tls if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "tls/versions": []}}, "facts": {"zones": ["untrusted"]}}
	count(T01.deny) == 0 with input as given
	count(T01.warn) == 0 with input as given
	count(T01.not_applicable) > 0 with input as given
}
