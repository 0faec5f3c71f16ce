package irondrift.pci.U11V_test

import data.irondrift.pci.U11V

test_pass if {
	given := {"entity": {"values": {"facility": "on", "logon/lockout/attempts": "3", "logon/lockout/minutes": 30}}, "facts": {}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) == 0 with input as given
	count(U11V.warn) == 0 with input as given
	count(U11V.no_data) == 0 with input as given
	count(U11V.not_applicable) == 0 with input as given
}

test_pass_until_reset if {
	given := {"entity": {"values": {"facility": "on", "logon/lockout/attempts": "3", "logon/lockout/minutes": 0}}, "facts": {"esm": "none"}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) == 0 with input as given
	count(U11V.warn) == 0 with input as given
	count(U11V.no_data) == 0 with input as given
	count(U11V.not_applicable) == 0 with input as given
}

test_fail_off if {
	given := {"entity": {"values": {"facility": "off"}}, "facts": {}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) > 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"facility": "on", "logon/lockout/attempts": "none"}}, "facts": {}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) > 0 with input as given
}

test_fail_many if {
	given := {"entity": {"values": {"facility": "on", "logon/lockout/attempts": "11", "logon/lockout/minutes": 30}}, "facts": {}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) > 0 with input as given
}

test_fail_short if {
	given := {"entity": {"values": {"facility": "on", "logon/lockout/attempts": "3", "logon/lockout/minutes": 15}}, "facts": {}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"facility": "on"}}, "facts": {}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) == 0 with input as given
	count(U11V.warn) == 0 with input as given
	count(U11V.no_data) > 0 with input as given
}

test_review_vmsecure if {
	given := {"entity": {"values": {"facility": "off"}}, "facts": {"esm": "vmsecure"}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) == 0 with input as given
	count(U11V.warn) > 0 with input as given
}

test_not_applicable_racf if {
	given := {"entity": {"values": {"facility": "off"}}, "facts": {"esm": "racf"}, "parameters": {"max_attempts": 10, "min_minutes": 30}}
	count(U11V.deny) == 0 with input as given
	count(U11V.warn) == 0 with input as given
	count(U11V.no_data) == 0 with input as given
	count(U11V.not_applicable) > 0 with input as given
}
