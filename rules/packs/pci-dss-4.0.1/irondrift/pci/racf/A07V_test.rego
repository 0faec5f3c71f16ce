package irondrift.pci.A07V_test

import data.irondrift.pci.A07V

test_pass if {
	given := {"entity": {"values": {"CLASSACT": ["VMCMD", "VMDEV", "VMMDISK"]}}, "facts": {}, "parameters": {"classes": ["VMCMD", "VMDEV"]}}
	count(A07V.deny) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"CLASSACT": ["VMCMD", "VMMDISK"]}}, "facts": {}, "parameters": {"classes": ["VMCMD", "VMDEV"]}}
	count(A07V.deny) > 0 with input as given
}
