package irondrift.pci.T18_test

import data.irondrift.pci.T18

test_pass if {
	given := {"entity": {"values": {"protection": ["none"]}}, "facts": {"declared": {"covered": "all", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T18.warn) == 0 with input as given
	count(T18.not_applicable) == 0 with input as given
}

test_review_none if {
	given := {"entity": {"values": {"protection": ["none", "tls"]}}, "facts": {"declared": {"covered": "none", "rules": [], "on": 0, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T18.warn) > 0 with input as given
	count(T18.not_applicable) == 0 with input as given
}

test_review_some if {
	given := {"entity": {"values": {"protection": ["none"]}}, "facts": {"declared": {"covered": "some", "rules": ["R"], "on": 1, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T18.warn) > 0 with input as given
	count(T18.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"protection": ["tls"]}}, "facts": {"declared": {"covered": "none", "rules": [], "on": 0, "off": 0, "known": true, "application_controlled": false, "versions": ["TLSv1.2"], "suites": ["TLS_AES_256_GCM_SHA384"]}}}
	count(T18.warn) == 0 with input as given
	count(T18.not_applicable) > 0 with input as given
}
