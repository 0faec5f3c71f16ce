package irondrift.pci.L01V_test

import data.irondrift.pci.L01V

test_pass if {
	given := {"entity": {"values": {"AUDIT": ["GROUP", "USER", "VMCMD"]}}, "facts": {}, "parameters": {"classes": ["GROUP", "USER"]}}
	count(L01V.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"AUDIT": ["GROUP"]}}, "facts": {}, "parameters": {"classes": ["GROUP", "USER"]}}
	count(L01V.deny) > 0 with input as given
}
