package irondrift.pci.T20_test

import data.irondrift.pci.T20

good := {
	"TTLSEnabled": true, "Renegotiation": "Default", "RenegotiationIndicator": "Both", "ClientExtendedMasterSecret": "On", "ServerExtendedMasterSecret": "On",
	"3DesKeyCheck": false, "HandshakeTimeout": 10, "ApplicationControlled": false, "HandshakeRole": "Server", "tls/versions": ["TLSv1.2", "TLSv1.3"], "tls/suites": ["TLS_AES_256_GCM_SHA384"],
}

rule(changes) := {"entity": {"values": object.union(good, changes)}, "parameters": {"max_seconds": 120}}

test_pass if {
	count(T20.warn) == 0 with input as rule({})
	count(T20.no_data) == 0 with input as rule({})
}

test_pass_when_renegotiation_is_impossible if {
	count(T20.warn) == 0 with input as rule({"tls/versions": ["TLSv1.3"], "Renegotiation": "All", "RenegotiationIndicator": "Optional"})
	count(T20.warn) == 0 with input as rule({"Renegotiation": "Disabled", "RenegotiationIndicator": "Optional"})
}

test_fail_each if {
	every changes in [
		{"Renegotiation": "All"}, {"RenegotiationIndicator": "Optional"}, {"ServerExtendedMasterSecret": "Off"},
		{"HandshakeRole": "Client", "ClientExtendedMasterSecret": "Off"}, {"tls/suites": ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]},
		{"HandshakeTimeout": 0}, {"HandshakeTimeout": 121}, {"ApplicationControlled": true},
	] {
		count(T20.warn) == 1 with input as rule(changes)
	}
}

test_unknown if {
	given := {"entity": {"values": {"TTLSEnabled": true, "Renegotiation": "Default"}}, "parameters": {"max_seconds": 120}}
	T20.no_data == {"not known: 3DesKeyCheck, ApplicationControlled, HandshakeTimeout, RenegotiationIndicator"} with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false}}, "parameters": {"max_seconds": 120}}
	count(T20.not_applicable) > 0 with input as given
	count(T20.no_data) == 0 with input as given
}
