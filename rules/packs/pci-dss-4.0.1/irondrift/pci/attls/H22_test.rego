package irondrift.pci.H22_test

import data.irondrift.pci.H22

test_pass if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "tls/versions": ["TLSv1.2"], "LocalPortRange": ["992"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(H22.deny) == 0 with input as given
	count(H22.warn) == 0 with input as given
	count(H22.not_applicable) == 0 with input as given
}

test_fail_off if {
	given := {"entity": {"values": {"TTLSEnabled": false, "Direction": "Inbound", "RemotePortRange": ["All"], "tls/versions": [], "LocalPortRange": ["20-23"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(H22.deny) > 0 with input as given
	count(H22.warn) == 0 with input as given
	count(H22.not_applicable) == 0 with input as given
}

test_fail_version if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "tls/versions": ["TLSv1.0", "TLSv1.2"], "LocalPortRange": ["All"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(H22.deny) > 0 with input as given
	count(H22.warn) == 0 with input as given
	count(H22.not_applicable) == 0 with input as given
}

test_fail_outbound if {
	given := {"entity": {"values": {"TTLSEnabled": true, "tls/versions": ["TLSv1.1"], "Direction": "Both", "LocalPortRange": ["8000"], "RemotePortRange": ["992"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(H22.deny) > 0 with input as given
	count(H22.warn) == 0 with input as given
	count(H22.not_applicable) == 0 with input as given
}

test_review_application if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "tls/versions": ["TLSv1.2"], "LocalPortRange": ["992"], "ApplicationControlled": true}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(H22.deny) == 0 with input as given
	count(H22.warn) > 0 with input as given
	count(H22.not_applicable) == 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Direction": "Inbound", "RemotePortRange": ["All"], "tls/versions": ["TLSv1.0"], "LocalPortRange": ["8000-8010", "24"]}}, "parameters": {"admin_ports": ["23", "992"]}}
	count(H22.deny) == 0 with input as given
	count(H22.warn) == 0 with input as given
	count(H22.not_applicable) > 0 with input as given
}
