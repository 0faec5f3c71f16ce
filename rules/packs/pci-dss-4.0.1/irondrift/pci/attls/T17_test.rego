package irondrift.pci.T17_test

import data.irondrift.pci.T17

test_pass if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_fail_version if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.0", "TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) > 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_fail_bare if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) > 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_review_mixed if {
	given := {"entity": {"values": {"protection": ["none", "tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) > 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_review_application if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": true, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) > 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_review_suite if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.2"], "tls/suites": ["TLS_RSA_WITH_AES_128_CBC_SHA"]}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) > 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_unknown_values if {
	given := {"entity": {"values": {"protection": ["tls"], "tls/versions": ["TLSv1.0"], "tls/suites": []}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": false, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) > 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_unknown_enabled if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 0, "off": 0, "known": false, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) > 0 with input as given
	count(T17.not_applicable) == 0 with input as given
}

test_not_applicable_none if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}, "facts": {"declared": {"covered": "none", "rules": [], "on": 0, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) > 0 with input as given
}

test_not_applicable_some if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}, "facts": {"declared": {"covered": "some", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) > 0 with input as given
}

test_not_applicable_off if {
	given := {"entity": {"values": {"protection": ["none"], "tls/versions": [], "tls/suites": []}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 0, "off": 1, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T17.deny) == 0 with input as given
	count(T17.warn) == 0 with input as given
	count(T17.no_data) == 0 with input as given
	count(T17.not_applicable) > 0 with input as given
}
