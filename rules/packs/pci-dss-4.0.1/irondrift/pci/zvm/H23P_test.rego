package irondrift.pci.H23P_test

import data.irondrift.pci.H23P

test_pass if {
	given := {"entity": {"values": {"ports_without_tls": ["53/udp"]}}, "facts": {}}
	count(H23P.deny) == 0 with input as given
	count(H23P.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"ports_without_tls": ["21/tcp"]}}, "facts": {"approved_clear_ports": ["21/tcp"]}}
	count(H23P.deny) == 0 with input as given
	count(H23P.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"ports_without_tls": ["23/tcp"]}}, "facts": {}}
	count(H23P.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"ports_without_tls": ["6000-6010/tcp"]}}, "facts": {}}
	count(H23P.deny) == 0 with input as given
	count(H23P.warn) > 0 with input as given
}
