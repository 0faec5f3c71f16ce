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

test_list_whole if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(H20.incomplete) == 0 with input as given
}

test_list_not_audited if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(H20.incomplete) > 0 with input as given
}

test_list_not_known if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"]}}, "facts": {}}
	count(H20.incomplete) > 0 with input as given
}

test_list_empty if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": [], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(H20.incomplete) > 0 with input as given
}

test_list_extension_not_read if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*AUDLVL2"]}}, "facts": {}}
	count(H20.incomplete) > 0 with input as given
}
