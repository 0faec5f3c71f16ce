package irondrift.pci.T15_test

import data.irondrift.pci.T15

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"]}}, "facts": {"zones": ["untrusted"], "ports": {"first": 443, "last": 443}}}
	count(T15.deny) == 0 with input as given
	count(T15.warn) == 0 with input as given
	count(T15.not_applicable) == 0 with input as given
}

test_fail_known_clear_port if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["none"]}}, "facts": {"zones": ["untrusted"], "ports": {"first": 23, "last": 23}}}
	count(T15.deny) > 0 with input as given
}

test_review_other_port if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["none"]}}, "facts": {"zones": ["untrusted"], "ports": {"first": 8443, "last": 8443}}}
	count(T15.deny) == 0 with input as given
	count(T15.warn) > 0 with input as given
}

test_review_unknown_zone if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["none"]}}, "facts": {"zones": ["unknown"], "ports": {"first": 23, "last": 23}}}
	count(T15.deny) == 0 with input as given
	count(T15.warn) > 0 with input as given
}

test_not_applicable_inside if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["none"]}}, "facts": {"zones": ["cde"], "ports": {"first": 23, "last": 23}}}
	count(T15.deny) == 0 with input as given
	count(T15.warn) == 0 with input as given
	count(T15.not_applicable) > 0 with input as given
}
