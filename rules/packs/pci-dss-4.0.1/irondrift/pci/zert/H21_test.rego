package irondrift.pci.H21_test

import data.irondrift.pci.H21

test_pass if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.3"], "tls/suites": ["TLS_AES_256_GCM_SHA384"], "ssh/versions": []}}, "facts": {"ports": {"first": 992, "last": 992}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) == 0 with input as given
	count(H21.warn) == 0 with input as given
	count(H21.not_applicable) == 0 with input as given
}

test_fail_clear if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": [], "ssh/versions": []}}, "facts": {"ports": {"first": 23, "last": 23}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) > 0 with input as given
}

test_fail_version if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.0"], "tls/suites": ["TLS_AES_256_GCM_SHA384"], "ssh/versions": []}}, "facts": {"ports": {"first": 992, "last": 992}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) > 0 with input as given
}

test_fail_suite if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"], "ssh/versions": []}}, "facts": {"ports": {"first": 992, "last": 992}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) > 0 with input as given
}

test_fail_ssh1 if {
	given := {"entity": {"values": {"protection": ["ssh"], "tls/versions": [], "tls/suites": [], "ssh/versions": ["SSHv1"]}}, "facts": {"ports": {"first": 22, "last": 22}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) > 0 with input as given
}

test_review_none if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": [], "ssh/versions": []}}, "facts": {"ports": {"first": 21, "last": 21}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) == 0 with input as given
	count(H21.warn) > 0 with input as given
}

test_review_weak if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_RSA_WITH_AES_128_GCM_SHA256"], "ssh/versions": []}}, "facts": {"ports": {"first": 992, "last": 992}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) == 0 with input as given
	count(H21.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": [], "ssh/versions": []}}, "facts": {"ports": {"first": 8080, "last": 8080}}, "parameters": {"admin_ports": ["21", "22", "23", "512", "513", "514", "623", "992", "1023", "2323", "10443"]}}
	count(H21.deny) == 0 with input as given
	count(H21.warn) == 0 with input as given
	count(H21.not_applicable) > 0 with input as given
}
