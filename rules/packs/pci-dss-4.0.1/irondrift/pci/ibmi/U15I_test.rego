package irondrift.pci.U15I_test

import data.irondrift.pci.U15I

test_pass if {
	given := {"entity": {"values": {"QPWDEXPITV": "90"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15I.deny) == 0 with input as given
	count(U15I.no_data) == 0 with input as given
	count(U15I.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QPWDEXPITV": "*NOMAX"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15I.deny) > 0 with input as given
}

test_fail_120 if {
	given := {"entity": {"values": {"QPWDEXPITV": "120"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QPWDEXPITV": "?"}}, "facts": {}, "parameters": {"max_days": 90}}
	count(U15I.deny) == 0 with input as given
	count(U15I.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"QPWDEXPITV": "*NOMAX"}}, "facts": {"mfa_for_all": true}, "parameters": {"max_days": 90}}
	count(U15I.deny) == 0 with input as given
	count(U15I.no_data) == 0 with input as given
	count(U15I.not_applicable) > 0 with input as given
}
