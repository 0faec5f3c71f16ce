package irondrift.pci.H23F_test

import data.irondrift.pci.H23F

test_pass if {
	given := {"entity": {"values": {"securecontrol": "required", "securedata": "required"}}, "facts": {}}
	count(H23F.deny) == 0 with input as given
}

test_fail_control if {
	given := {"entity": {"values": {"securecontrol": "allowed", "securedata": "required"}}, "facts": {}}
	count(H23F.deny) > 0 with input as given
}

test_fail_data if {
	given := {"entity": {"values": {"securecontrol": "required", "securedata": "never"}}, "facts": {}}
	count(H23F.deny) > 0 with input as given
}
