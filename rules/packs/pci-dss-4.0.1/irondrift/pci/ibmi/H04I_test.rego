package irondrift.pci.H04I_test

import data.irondrift.pci.H04I

test_pass if {
	given := {"entity": {"values": {"no_password": true, "status": "*ENABLED"}}, "facts": {"supplied": true}}
	count(H04I.deny) == 0 with input as given
	count(H04I.not_applicable) == 0 with input as given
}

test_pass_disabled if {
	given := {"entity": {"values": {"no_password": false, "status": "*DISABLED"}}, "facts": {"supplied": true}}
	count(H04I.deny) == 0 with input as given
	count(H04I.not_applicable) == 0 with input as given
}

test_pass_owner if {
	given := {"entity": {"values": {"no_password": false, "status": "*ENABLED"}}, "facts": {"supplied": true, "owner": "emergency"}}
	count(H04I.deny) == 0 with input as given
	count(H04I.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"no_password": false, "status": "*ENABLED"}}, "facts": {"supplied": true}}
	count(H04I.deny) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"no_password": false, "status": "*ENABLED"}}, "facts": {"supplied": false}}
	count(H04I.deny) == 0 with input as given
	count(H04I.not_applicable) > 0 with input as given
}
