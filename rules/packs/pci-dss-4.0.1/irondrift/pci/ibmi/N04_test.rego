package irondrift.pci.N04_test

import data.irondrift.pci.N04

test_pass if {
	given := {"entity": {"values": {"service": "https", "port_class": "tls", "protection": ["tls"]}}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N04.deny) == 0 with input as given
	count(N04.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"service": "telnet", "port_class": "clear", "protection": ["clear"]}}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N04.deny) > 0 with input as given
}

test_pass_server_mapper if {
	given := {"entity": {"values": {"service": "as-svrmap", "port_class": "clear", "protection": ["clear"]}}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N04.deny) == 0 with input as given
	count(N04.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"service": "ftp", "port_class": "starttls", "protection": ["clear", "tls"]}}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N04.deny) == 0 with input as given
	count(N04.warn) > 0 with input as given
}
