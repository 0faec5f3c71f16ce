package irondrift.pci.H03_test

import data.irondrift.pci.H03

test_pass_none if {
	given := {"entity": {"values": {"password": []}}}
	count(H03.deny) == 0 with input as given
	count(H03.warn) == 0 with input as given
}

test_pass_other if {
	given := {"entity": {"values": {"password": ["read=other", "write=other"]}}}
	count(H03.deny) == 0 with input as given
	count(H03.warn) == 0 with input as given
}

test_fail_default if {
	given := {"entity": {"values": {"password": ["read=default"]}}}
	count(H03.deny) > 0 with input as given
}

test_fail_public_write if {
	given := {"entity": {"values": {"password": ["write=public"]}}}
	count(H03.deny) > 0 with input as given
}

test_review_public_read if {
	given := {"entity": {"values": {"password": ["read=public"]}}}
	count(H03.deny) == 0 with input as given
	count(H03.warn) > 0 with input as given
}

test_review_masked if {
	given := {"entity": {"values": {"password": ["read=masked"]}}}
	count(H03.deny) == 0 with input as given
	count(H03.warn) > 0 with input as given
}
