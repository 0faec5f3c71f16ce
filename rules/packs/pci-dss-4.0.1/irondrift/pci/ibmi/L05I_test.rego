package irondrift.pci.L05I_test

import data.irondrift.pci.L05I

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*OBJAUD"], "QAUDLVL": ["*AUTFAIL"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) == 0 with input as given
	count(L05I.no_data) == 0 with input as given
}

test_pass_extension if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"], "QAUDLVL2": ["*AUTFAIL"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) == 0 with input as given
	count(L05I.no_data) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) > 0 with input as given
}

test_fail_control if {
	given := {"entity": {"values": {"QAUDCTL": ["*NONE"], "QAUDLVL": ["*AUTFAIL"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) > 0 with input as given
}

test_fail_extension_unused if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"], "QAUDLVL2": ["*AUTFAIL"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) == 0 with input as given
	count(L05I.no_data) > 0 with input as given
}

test_pass_extension_unknown if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2", "*AUTFAIL"]}}, "parameters": {"events": ["*AUTFAIL"]}}
	count(L05I.deny) == 0 with input as given
	count(L05I.no_data) == 0 with input as given
}
