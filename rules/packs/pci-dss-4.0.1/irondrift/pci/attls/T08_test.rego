package irondrift.pci.T08_test

import data.irondrift.pci.T08

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Client", "revocation": ["ocsp"]}}}
	count(T08.deny) == 0 with input as given
	count(T08.no_data) == 0 with input as given
	count(T08.not_applicable) == 0 with input as given
}

test_fail_client if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Client", "revocation": []}}}
	count(T08.deny) > 0 with input as given
	count(T08.no_data) == 0 with input as given
	count(T08.not_applicable) == 0 with input as given
}

test_fail_server if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "ServerWithClientAuth", "revocation": []}}}
	count(T08.deny) > 0 with input as given
	count(T08.no_data) == 0 with input as given
	count(T08.not_applicable) == 0 with input as given
}

test_unknown if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Client"}}}
	count(T08.deny) == 0 with input as given
	count(T08.no_data) > 0 with input as given
	count(T08.not_applicable) == 0 with input as given
}

test_not_applicable_server if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Server", "revocation": []}}}
	count(T08.deny) == 0 with input as given
	count(T08.no_data) == 0 with input as given
	count(T08.not_applicable) > 0 with input as given
}

test_not_applicable_off if {
	given := {"entity": {"values": {"TTLSEnabled": false, "HandshakeRole": "none"}}}
	count(T08.deny) == 0 with input as given
	count(T08.no_data) == 0 with input as given
	count(T08.not_applicable) > 0 with input as given
}
