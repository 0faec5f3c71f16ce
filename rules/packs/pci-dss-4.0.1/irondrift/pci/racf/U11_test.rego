package irondrift.pci.U11_test

import data.irondrift.pci.U11

test_pass if {
	given := {"entity": {"values": {"REVOKE": 5, "INITSTAT": true}}, "parameters": {"max_attempts": 9}}
	count(U11.deny) == 0 with input as given
	count(U11.warn) == 0 with input as given
}

test_fail_not_set if {
	given := {"entity": {"values": {"REVOKE": 0}}, "parameters": {"max_attempts": 9}}
	count(U11.deny) > 0 with input as given
}

test_fail_eleven if {
	given := {"entity": {"values": {"REVOKE": 11}}, "parameters": {"max_attempts": 9}}
	count(U11.deny) > 0 with input as given
}

test_review_ten if {
	given := {"entity": {"values": {"REVOKE": 10}}, "parameters": {"max_attempts": 9}}
	count(U11.deny) == 0 with input as given
	count(U11.warn) > 0 with input as given
}

test_fail_initstats if {
	given := {"entity": {"values": {"REVOKE": 5, "INITSTAT": false}}, "parameters": {"max_attempts": 9}}
	count(U11.deny) > 0 with input as given
}

test_fail_site_limit if {
	given := {"entity": {"values": {"REVOKE": 6}}, "parameters": {"max_attempts": 5}}
	count(U11.deny) > 0 with input as given
}
