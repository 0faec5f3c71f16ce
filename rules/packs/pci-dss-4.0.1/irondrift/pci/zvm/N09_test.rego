package irondrift.pci.N09_test

import data.irondrift.pci.N09

test_pass if {
	given := {"entity": {"values": {"vlan": "10", "isolation": "on", "porttype": "access", "promiscuous": []}}, "facts": {}}
	count(N09.warn) == 0 with input as given
}

test_pass_vepa if {
	given := {"entity": {"values": {"vlan": "10", "isolation": "off", "vepa": "on"}}, "facts": {}}
	count(N09.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"vlan": "unaware", "isolation": "off"}}, "facts": {"approved_switches": "one tenant only"}}
	count(N09.warn) == 0 with input as given
}

test_review_unaware if {
	given := {"entity": {"values": {"vlan": "unaware"}}, "facts": {}}
	count(N09.warn) > 0 with input as given
}

test_review_trunk if {
	given := {"entity": {"values": {"vlan": "aware", "porttype": "trunk"}}, "facts": {}}
	count(N09.warn) > 0 with input as given
}

test_review_promiscuous if {
	given := {"entity": {"values": {"vlan": "10", "promiscuous": ["SNIFFER"]}}, "facts": {"approved_switches": "x"}}
	count(N09.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"vlan": "100", "isolation": "0n", "promiscuous": []}}}
	count(N09.warn) > 0 with input as given
}
