package irondrift.pci.N08I_test

import data.irondrift.pci.N08I

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["cde", "internal"]}}
	count(N08I.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["untrusted"], "approved": true}}
	count(N08I.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["untrusted"]}}
	count(N08I.warn) > 0 with input as given
}

test_review_unknown if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"]}}, "facts": {"zones": ["unknown"]}}
	count(N08I.warn) > 0 with input as given
}

test_list_whole if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(N08I.incomplete) == 0 with input as given
}

test_list_not_audited if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(N08I.incomplete) > 0 with input as given
}

test_list_not_known if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"]}}, "facts": {}}
	count(N08I.incomplete) > 0 with input as given
}

test_list_empty if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": [], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(N08I.incomplete) > 0 with input as given
}

test_list_extension_not_read if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*AUDLVL2"]}}, "facts": {}}
	count(N08I.incomplete) > 0 with input as given
}
