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

test_list_whole if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(N04.incomplete) == 0 with input as given
}

test_list_not_audited if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(N04.incomplete) > 0 with input as given
}

test_list_not_known if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"]}}, "facts": {}}
	count(N04.incomplete) > 0 with input as given
}

test_list_empty if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": [], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(N04.incomplete) > 0 with input as given
}

test_list_extension_not_read if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*AUDLVL2"]}}, "facts": {}}
	count(N04.incomplete) > 0 with input as given
}
