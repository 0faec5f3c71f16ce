package irondrift.pci.L06I_test

import data.irondrift.pci.L06I

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*OBJAUD"], "QAUDLVL": ["*SECCFG"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) == 0 with input as given
	count(L06I.no_data) == 0 with input as given
}

test_pass_extension if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"], "QAUDLVL2": ["*SECCFG"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) == 0 with input as given
	count(L06I.no_data) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) > 0 with input as given
}

test_fail_control if {
	given := {"entity": {"values": {"QAUDCTL": ["*NONE"], "QAUDLVL": ["*SECCFG"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) > 0 with input as given
}

test_fail_extension_unused if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"], "QAUDLVL2": ["*SECCFG"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) == 0 with input as given
	count(L06I.no_data) > 0 with input as given
}

test_pass_extension_unknown if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2", "*SECCFG"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) == 0 with input as given
	count(L06I.no_data) == 0 with input as given
}

test_pass_umbrella if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*SECURITY"]}}, "parameters": {"events": ["*SECCFG"]}}
	count(L06I.deny) == 0 with input as given
	count(L06I.no_data) == 0 with input as given
}
