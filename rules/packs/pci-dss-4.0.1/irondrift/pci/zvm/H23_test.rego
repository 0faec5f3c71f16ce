package irondrift.pci.H23_test

import data.irondrift.pci.H23

test_pass if {
	given := {"entity": {"values": {"secureconnection": "required"}}, "facts": {}}
	count(H23.deny) == 0 with input as given
}

test_fail_never if {
	given := {"entity": {"values": {"secureconnection": "never"}}, "facts": {}}
	count(H23.deny) > 0 with input as given
}

test_fail_preferred if {
	given := {"entity": {"values": {"secureconnection": "preferred"}}, "facts": {}}
	count(H23.deny) > 0 with input as given
}
