package irondrift.pci.C01_test

import data.irondrift.pci.C01

test_pass if {
	given := {"entity": {"values": {"done": true, "age_days": 1}}, "parameters": {"max_days": 7}}
	count(C01.deny) == 0 with input as given
	count(C01.warn) == 0 with input as given
}

test_pass_today if {
	given := {"entity": {"values": {"done": true, "age_days": 0}}, "parameters": {"max_days": 7}}
	count(C01.deny) == 0 with input as given
	count(C01.warn) == 0 with input as given
}

test_fail_old if {
	given := {"entity": {"values": {"done": true, "age_days": 8}}, "parameters": {"max_days": 7}}
	count(C01.deny) > 0 with input as given
}

test_fail_never if {
	given := {"entity": {"values": {"done": false}}, "parameters": {"max_days": 7}}
	count(C01.deny) > 0 with input as given
}

test_fail_never_since_a_fortnight if {
	given := {"entity": {"values": {"done": false, "possible_days": 14}}, "parameters": {"max_days": 7}}
	count(C01.deny) > 0 with input as given
	count(C01.not_applicable) == 0 with input as given
}

test_not_due_yet if {
	given := {"entity": {"values": {"done": false, "possible_days": 1}}, "parameters": {"max_days": 7}}
	count(C01.deny) == 0 with input as given
	count(C01.not_applicable) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"done": true}}, "parameters": {"max_days": 7}}
	count(C01.deny) == 0 with input as given
	count(C01.warn) > 0 with input as given
}
