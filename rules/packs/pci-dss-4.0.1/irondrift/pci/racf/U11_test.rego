package irondrift.pci.U11_test

import data.irondrift.pci.U11

given(values) := {"entity": {"values": values}, "parameters": {"max_attempts": 9}}

test_pass if {
	count(U11.deny) == 0 with input as given({"REVOKE": 5, "INITSTAT": true})
	count(U11.warn) == 0 with input as given({"REVOKE": 5, "INITSTAT": true})
}

test_fail_not_set if count(U11.deny) == 1 with input as given({"REVOKE": 0})

test_fail_too_many if "REVOKE(11): the standard allows at most 10 attempts" in U11.deny with input as given({"REVOKE": 11})

test_review_ten if count(U11.warn) == 1 with input as given({"REVOKE": 10})

test_fail_initstats if count(U11.deny) == 1 with input as given({"REVOKE": 5, "INITSTAT": false})
