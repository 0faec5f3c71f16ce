package irondrift.pci.A11_test

import data.irondrift.pci.A11

test_pass if {
	given := {"entity": {"values": {"CLASSACT": ["VMLAN"]}}, "facts": {}}
	count(A11.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"CLASSACT": ["VMCMD"]}}, "facts": {}}
	count(A11.deny) > 0 with input as given
}
