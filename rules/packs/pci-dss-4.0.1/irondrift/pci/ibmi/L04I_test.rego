package irondrift.pci.L04I_test

import data.irondrift.pci.L04I

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*OBJAUD"], "QAUDLVL": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) == 0 with input as given
	count(L04I.no_data) == 0 with input as given
}

test_pass_extension if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"], "QAUDLVL2": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) == 0 with input as given
	count(L04I.no_data) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) > 0 with input as given
}

test_fail_control if {
	given := {"entity": {"values": {"QAUDCTL": ["*NONE"], "QAUDLVL": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) > 0 with input as given
}

test_fail_extension_unused if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"], "QAUDLVL2": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) == 0 with input as given
	count(L04I.no_data) > 0 with input as given
}

test_pass_extension_unknown if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2", "*SECURITY", "*SERVICE", "*SYSMGT"]}}, "parameters": {"events": ["*SECURITY", "*SERVICE", "*SYSMGT"]}}
	count(L04I.deny) == 0 with input as given
	count(L04I.no_data) == 0 with input as given
}
