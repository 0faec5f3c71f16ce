package irondrift.pci.H20_test

import data.irondrift.pci.H20

test_pass if {
	given := {"entity": {"values": {"service": "telnet-ssl", "protection": ["tls"]}}, "parameters": {"admin_services": ["telnet", "telnet-ssl", "exec", "as-rmtcmd", "as-rmtcmd-s", "as-admin-http", "as-admin-https", "navigator", "navigator-s", "navigator-heritage", "navigator-heritage-s", "dcm", "dcm-s", "hmc-5250", "hmc-5250-ssl"]}}
	count(H20.deny) == 0 with input as given
	count(H20.no_data) == 0 with input as given
	count(H20.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"service": "telnet", "protection": ["clear"]}}, "parameters": {"admin_services": ["telnet", "telnet-ssl", "exec", "as-rmtcmd", "as-rmtcmd-s", "as-admin-http", "as-admin-https", "navigator", "navigator-s", "navigator-heritage", "navigator-heritage-s", "dcm", "dcm-s", "hmc-5250", "hmc-5250-ssl"]}}
	count(H20.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"service": "telnet"}}, "parameters": {"admin_services": ["telnet", "telnet-ssl", "exec", "as-rmtcmd", "as-rmtcmd-s", "as-admin-http", "as-admin-https", "navigator", "navigator-s", "navigator-heritage", "navigator-heritage-s", "dcm", "dcm-s", "hmc-5250", "hmc-5250-ssl"]}}
	count(H20.deny) == 0 with input as given
	count(H20.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"service": "as-database"}}, "parameters": {"admin_services": ["telnet", "telnet-ssl", "exec", "as-rmtcmd", "as-rmtcmd-s", "as-admin-http", "as-admin-https", "navigator", "navigator-s", "navigator-heritage", "navigator-heritage-s", "dcm", "dcm-s", "hmc-5250", "hmc-5250-ssl"]}}
	count(H20.deny) == 0 with input as given
	count(H20.no_data) == 0 with input as given
	count(H20.not_applicable) > 0 with input as given
}
