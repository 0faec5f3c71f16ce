package irondrift.pci.L20_test

import data.irondrift.pci.L20

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	count(L20.warn) == 0 with input as given
	count(L20.no_data) == 0 with input as given
	some msg in L20.pass with input as given
	contains(msg, "*NETSECURE (TLS and VPN sessions")
}

test_pass_extension if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2", "*NETSCK"], "QAUDLVL2": ["*NETSECURE", "*NETTELSVR"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	count(L20.warn) == 0 with input as given
	count(L20.no_data) == 0 with input as given
}

test_review_secure if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETSCK", "*NETTELSVR"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	some msg in L20.warn with input as given
	contains(msg, "*NETSECURE is not audited")
}

test_review_control if {
	given := {"entity": {"values": {"QAUDCTL": ["*OBJAUD"], "QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	some msg in L20.warn with input as given
	contains(msg, "*NETSCK")
}

test_review_netcmn_73 if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN", "*NETSECURE", "*NETTELSVR"]}}, "facts": {"release": "7.3"}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	some msg in L20.warn with input as given
	contains(msg, "*NETSCK is not audited")
}

test_review_netcmn_unknown_release if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	some msg in L20.warn with input as given
	contains(msg, "*NETSCK is not audited")
}

test_review_72 if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN"]}}, "facts": {"release": 7.2}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	some msg in L20.warn with input as given
	contains(msg, "does not exist before 7.3")
}

test_review_udp if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR", "*NETUDP"]}}
	some msg in L20.warn with input as given
	contains(msg, "*NETUDP")
}

test_no_data if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"]}}, "facts": {}, "parameters": {"events": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}
	count(L20.warn) == 0 with input as given
	count(L20.no_data) > 0 with input as given
}
