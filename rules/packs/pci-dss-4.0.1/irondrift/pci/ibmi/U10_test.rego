package irondrift.pci.U10_test

import data.irondrift.pci.U10

test_pass if {
	given := {"entity": {"values": {"service": "as-signon-s", "protection": ["tls"]}}, "parameters": {"sign_on_services": ["telnet", "telnet-ssl", "exec", "pop3", "pop3s", "as-signon", "as-signon-s", "as-database", "as-database-s", "as-file", "as-file-s", "as-rmtcmd", "as-rmtcmd-s", "as-dtaq", "as-dtaq-s", "as-netprt", "as-netprt-s", "as-central", "as-central-s", "ddm", "ddm-ssl"]}}
	count(U10.deny) == 0 with input as given
	count(U10.no_data) == 0 with input as given
	count(U10.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"service": "as-signon", "protection": ["clear"]}}, "parameters": {"sign_on_services": ["telnet", "telnet-ssl", "exec", "pop3", "pop3s", "as-signon", "as-signon-s", "as-database", "as-database-s", "as-file", "as-file-s", "as-rmtcmd", "as-rmtcmd-s", "as-dtaq", "as-dtaq-s", "as-netprt", "as-netprt-s", "as-central", "as-central-s", "ddm", "ddm-ssl"]}}
	count(U10.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"service": "as-signon"}}, "parameters": {"sign_on_services": ["telnet", "telnet-ssl", "exec", "pop3", "pop3s", "as-signon", "as-signon-s", "as-database", "as-database-s", "as-file", "as-file-s", "as-rmtcmd", "as-rmtcmd-s", "as-dtaq", "as-dtaq-s", "as-netprt", "as-netprt-s", "as-central", "as-central-s", "ddm", "ddm-ssl"]}}
	count(U10.deny) == 0 with input as given
	count(U10.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"service": "lpd", "protection": ["clear"]}}, "parameters": {"sign_on_services": ["telnet", "telnet-ssl", "exec", "pop3", "pop3s", "as-signon", "as-signon-s", "as-database", "as-database-s", "as-file", "as-file-s", "as-rmtcmd", "as-rmtcmd-s", "as-dtaq", "as-dtaq-s", "as-netprt", "as-netprt-s", "as-central", "as-central-s", "ddm", "ddm-ssl"]}}
	count(U10.deny) == 0 with input as given
	count(U10.no_data) == 0 with input as given
	count(U10.not_applicable) > 0 with input as given
}

test_list_whole if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(U10.incomplete) == 0 with input as given
}

test_list_not_audited if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(U10.incomplete) > 0 with input as given
}

test_list_not_known if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"]}}, "facts": {}}
	count(U10.incomplete) > 0 with input as given
}

test_list_empty if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": [], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(U10.incomplete) > 0 with input as given
}

test_list_extension_not_read if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*AUDLVL2"]}}, "facts": {}}
	count(U10.incomplete) > 0 with input as given
}
