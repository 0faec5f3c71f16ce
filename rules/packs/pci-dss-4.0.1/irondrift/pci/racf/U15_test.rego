package irondrift.pci.U15_test

import data.irondrift.pci.U15

test_pass if {
	given := {"entity": {"values": {"INTERVAL": 90, "PHRINT": 90}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15.deny) == 0 with input as given
	count(U15.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"INTERVAL": 160}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15.deny) > 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"INTERVAL": 0}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15.deny) > 0 with input as given
}

test_fail_phrase if {
	given := {"entity": {"values": {"INTERVAL": 60, "PHRINT": 365}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15.deny) > 0 with input as given
}

test_fail_site if {
	given := {"entity": {"values": {"INTERVAL": 90}}, "facts": {}, "parameters": {"max_days": 60}}
	count(U15.deny) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"INTERVAL": 160}}, "facts": {"mfa_for_all": true}, "parameters": {"max_days": 90}}
	count(U15.deny) == 0 with input as given
	count(U15.not_applicable) > 0 with input as given
}
