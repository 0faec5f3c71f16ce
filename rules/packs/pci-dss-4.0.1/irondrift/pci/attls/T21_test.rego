package irondrift.pci.T21_test

import data.irondrift.pci.T21

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "upgrade/3.2": []}}}
	count(T21.warn) == 0 with input as given
	count(T21.no_data) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"TTLSEnabled": true, "upgrade/3.1": ["A: 1 -> 2"], "upgrade/3.2": ["A: 1 -> 2", "tls/versions: x -> y"]}}}
	T21.warn == {"z/OS 3.1 would change A: 1 -> 2", "z/OS 3.2 would change tls/versions: x -> y"} with input as given
}

test_unknown if count(T21.no_data) > 0 with input as {"entity": {"values": {"TTLSEnabled": true}}}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false, "upgrade/3.2": []}}}
	count(T21.not_applicable) > 0 with input as given
	count(T21.warn) == 0 with input as given
}
