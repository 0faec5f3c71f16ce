package irondrift.pci.U17_test

import data.irondrift.pci.U17

test_pass if {
	count(U17.deny) == 0 with input as {"entity": {"values": {"active": "yes", "pwfallback/users": []}}, "facts": {}}
}

test_pass_approved if {
	count(U17.deny) == 0 with input as {"entity": {"values": {"active": "yes", "pwfallback/users": ["SEALED1"]}}, "facts": {"approved_pwfallback": ["SEALED1"]}}
}

test_fail_off if {
	count(U17.deny) == 1 with input as {"entity": {"values": {"active": "no", "pwfallback/users": []}}, "facts": {}}
}

test_fail_fallback if {
	count(U17.deny) == 1 with input as {"entity": {"values": {"active": "yes", "pwfallback/users": ["JOEL"]}}, "facts": {}}
}
