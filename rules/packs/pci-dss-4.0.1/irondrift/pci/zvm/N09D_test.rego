package irondrift.pci.N09D_test

import data.irondrift.pci.N09D

test_pass if {
	given := {"entity": {"values": {"kind": "user", "nicdef/<vdev>": [["PORTTYPE ACCESS"]]}}, "facts": {}}
	count(N09D.deny) == 0 with input as given
	count(N09D.warn) == 0 with input as given
}

test_pass_none if {
	given := {"entity": {"values": {"kind": "user"}}, "facts": {}}
	count(N09D.deny) == 0 with input as given
	count(N09D.warn) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"nicdef/<vdev>": [["PROMISCUOUS"]]}}, "facts": {"approved_networks": ["PROMISCUOUS"]}}
	count(N09D.deny) == 0 with input as given
	count(N09D.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"nicdef/<vdev>": [["PROMISCUOUS"]]}}, "facts": {}}
	count(N09D.deny) > 0 with input as given
}

test_review_member if {
	given := {"entity": {"values": {"on/<member>/nicdef/<vdev>": [["PORTTYPE TRUNK"]]}}, "facts": {}}
	count(N09D.deny) == 0 with input as given
	count(N09D.warn) > 0 with input as given
}
