package irondrift.pci.T10_test

import data.irondrift.pci.T10

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "protocols": ["TLSv1.3"], "suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"zones": ["untrusted"]}}
	count(T10.deny) == 0 with input as given
	count(T10.warn) == 0 with input as given
	count(T10.not_applicable) == 0 with input as given
}

test_fail_version if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "protocols": ["TLSv1.0"], "suites": ["TLS_AES_256_GCM_SHA384"]}}, "facts": {"zones": ["untrusted"]}}
	count(T10.deny) > 0 with input as given
}

test_fail_suite if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "protocols": ["TLSv1.2"], "suites": ["TLS_RSA_WITH_RC4_128_SHA"]}}, "facts": {"zones": ["untrusted"]}}
	count(T10.deny) > 0 with input as given
}

test_review_weak if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "protocols": ["TLSv1.2"], "suites": ["TLS_RSA_WITH_AES_128_CBC_SHA"]}}, "facts": {"zones": ["untrusted"]}}
	count(T10.deny) == 0 with input as given
	count(T10.warn) > 0 with input as given
}

test_review_unknown_zone if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "protocols": ["TLSv1.0"], "suites": []}}, "facts": {"zones": ["unknown"]}}
	count(T10.deny) == 0 with input as given
	count(T10.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "protocols": ["TLSv1.0"], "suites": []}}, "facts": {"zones": ["internal"]}}
	count(T10.deny) == 0 with input as given
	count(T10.warn) == 0 with input as given
	count(T10.not_applicable) > 0 with input as given
}

test_list_whole if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(T10.incomplete) == 0 with input as given
}

test_list_not_audited if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETTELSVR"]}}, "facts": {}}
	count(T10.incomplete) > 0 with input as given
}

test_list_not_known if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"]}}, "facts": {}}
	count(T10.incomplete) > 0 with input as given
}

test_list_empty if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": [], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE", "*NETTELSVR"]}}, "facts": {}}
	count(T10.incomplete) > 0 with input as given
}

test_list_extension_not_read if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*AUDLVL2"]}}, "facts": {}}
	count(T10.incomplete) > 0 with input as given
}
