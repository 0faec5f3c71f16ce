package irondrift.pci.A08_test

import data.irondrift.pci.A08

test_pass_racf if {
	given := {"entity": {"values": {"iucv/rpi/users": ["RACFVM"]}}, "facts": {"esm": "racf"}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) == 0 with input as given
}

test_pass_vmsecure if {
	given := {"entity": {"values": {"iucv/rpi/users": ["VMSECURE"]}}, "facts": {"esm": "vmsecure"}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) == 0 with input as given
}

test_pass_acf2 if {
	given := {"entity": {"values": {"iucv/rpi/users": ["VMACF2"]}}, "facts": {"esm": "ACF2"}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) == 0 with input as given
}

test_pass_listed if {
	given := {"entity": {"values": {"iucv/rpi/users": [], "racf/setropts/CLASSACT": ["VMCMD"]}}, "facts": {}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) == 0 with input as given
}

test_fail_none if {
	given := {"entity": {"values": {"iucv/rpi/users": []}}, "facts": {"esm": "none"}}
	count(A08.deny) > 0 with input as given
}

test_review_nobody if {
	given := {"entity": {"values": {"iucv/rpi/users": []}}, "facts": {"esm": "topsecret"}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) > 0 with input as given
}

test_review_unnamed if {
	given := {"entity": {"values": {"iucv/rpi/users": ["RACFVM"]}}, "facts": {}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) > 0 with input as given
}

test_review_nothing if {
	given := {"entity": {"values": {"iucv/rpi/users": []}}, "facts": {}}
	count(A08.deny) == 0 with input as given
	count(A08.warn) > 0 with input as given
}
