package irondrift.pci.T09_test

import data.irondrift.pci.T09

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "ServerWithClientAuth", "Direction": "Inbound", "ClientAuthType": "Required"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) == 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_pass_server if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Server", "Direction": "Inbound", "ClientAuthType": "PassThru"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) == 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "ServerWithClientAuth", "Direction": "Inbound", "ClientAuthType": "PassThru"}}}
	count(T09.deny) > 0 with input as given
	count(T09.warn) == 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_review_full if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "ServerWithClientAuth", "Direction": "Both", "ClientAuthType": "Full"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) > 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_review_client_inbound if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Client", "Direction": "Inbound", "ClientAuthType": "Required"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) > 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_review_server_outbound if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Server", "Direction": "Outbound", "ClientAuthType": "Required"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) > 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_unknown if {
	given := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "ServerWithClientAuth", "Direction": "Inbound"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) == 0 with input as given
	count(T09.no_data) > 0 with input as given
	count(T09.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false, "HandshakeRole": "none", "Direction": "Inbound"}}}
	count(T09.deny) == 0 with input as given
	count(T09.warn) == 0 with input as given
	count(T09.no_data) == 0 with input as given
	count(T09.not_applicable) > 0 with input as given
}
