package irondrift.pci.T14_test

import data.irondrift.pci.T14

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Keyring": "WEBSRV/RING", "KeyringPw": false}}, "parameters": {"rings": ["WEBSRV/RING"]}}
	count(T14.deny) == 0 with input as given
	count(T14.warn) == 0 with input as given
	count(T14.no_data) == 0 with input as given
	count(T14.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Keyring": "WEBSRV/OTHER", "KeyringPw": false}}, "parameters": {"rings": ["WEBSRV/RING"]}}
	count(T14.deny) > 0 with input as given
	count(T14.warn) == 0 with input as given
	count(T14.no_data) == 0 with input as given
	count(T14.not_applicable) == 0 with input as given
}

test_fail_password if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Keyring": "/etc/key.kdb", "KeyringPw": true}}, "parameters": {"rings": ["/etc/key.kdb"]}}
	count(T14.deny) > 0 with input as given
	count(T14.warn) == 0 with input as given
	count(T14.no_data) == 0 with input as given
	count(T14.not_applicable) == 0 with input as given
}

test_review_virtual if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Keyring": "*AUTH*/*", "KeyringPw": false}}, "parameters": {"rings": ["*AUTH*/*"]}}
	count(T14.deny) == 0 with input as given
	count(T14.warn) > 0 with input as given
	count(T14.no_data) == 0 with input as given
	count(T14.not_applicable) == 0 with input as given
}

test_unknown if {
	given := {"entity": {"values": {"TTLSEnabled": true}}, "parameters": {"rings": ["WEBSRV/RING"]}}
	count(T14.deny) == 0 with input as given
	count(T14.warn) == 0 with input as given
	count(T14.no_data) > 0 with input as given
	count(T14.not_applicable) == 0 with input as given
}

test_no_register if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Keyring": "WEBSRV/RING", "KeyringPw": false}}, "parameters": {"rings": []}}
	count(T14.deny) == 0 with input as given
	count(T14.warn) == 0 with input as given
	count(T14.no_data) > 0 with input as given
	count(T14.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false}}, "parameters": {"rings": ["WEBSRV/RING"]}}
	count(T14.deny) == 0 with input as given
	count(T14.warn) == 0 with input as given
	count(T14.no_data) == 0 with input as given
	count(T14.not_applicable) > 0 with input as given
}
