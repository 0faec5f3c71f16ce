package irondrift.pci.U18_test

import data.irondrift.pci.U18

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "HandshakeRole": "ServerWithClientAuth", "ClientAuthType": "SAFCheck", "LocalPortRange": ["992"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(U18.warn) == 0 with input as given
	count(U18.not_applicable) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "HandshakeRole": "Server", "LocalPortRange": ["992"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(U18.warn) > 0 with input as given
	count(U18.not_applicable) == 0 with input as given
}

test_review_passthru if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "HandshakeRole": "ServerWithClientAuth", "ClientAuthType": "PassThru", "LocalPortRange": ["992"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(U18.warn) > 0 with input as given
	count(U18.not_applicable) == 0 with input as given
}

test_not_applicable_port if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "HandshakeRole": "Server", "LocalPortRange": ["8000"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(U18.warn) == 0 with input as given
	count(U18.not_applicable) > 0 with input as given
}

test_not_applicable_off if {
	given := {"entity": {"values": {"TTLSEnabled": false, "Direction": "Inbound", "RemotePortRange": ["All"], "HandshakeRole": "none", "LocalPortRange": ["992"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(U18.warn) == 0 with input as given
	count(U18.not_applicable) > 0 with input as given
}
