package irondrift.pci.G02I_test

import data.irondrift.pci.G02I

test_pass if {
	given := {"entity": {"values": {"protocols": ["TLSv1.2"], "suites": ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]}}}
	count(G02I.warn) == 0 with input as given
}

test_review_version if {
	given := {"entity": {"values": {"protocols": ["TLSv1.0"], "suites": []}}}
	count(G02I.warn) > 0 with input as given
}

test_review_suite if {
	given := {"entity": {"values": {"protocols": ["TLSv1.2"], "suites": ["0xFEFE"]}}}
	count(G02I.warn) > 0 with input as given
}

test_list_whole if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(G02I.incomplete) == 0 with input as given
}

test_list_not_audited if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETTELSVR"]}}, "facts": {}}
	count(G02I.incomplete) > 0 with input as given
}

test_list_not_known if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"]}}, "facts": {}}
	count(G02I.incomplete) > 0 with input as given
}

test_list_empty if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": [], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(G02I.incomplete) > 0 with input as given
}

test_list_extension_not_read if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*AUDLVL2"]}}, "facts": {}}
	count(G02I.incomplete) > 0 with input as given
}
