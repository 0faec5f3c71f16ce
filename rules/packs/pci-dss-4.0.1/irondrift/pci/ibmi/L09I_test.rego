package irondrift.pci.L09I_test

import data.irondrift.pci.L09I

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*OBJAUD"], "QAUDLVL": ["*CREATE", "*DELETE"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) == 0 with input as given
	count(L09I.no_data) == 0 with input as given
}

test_pass_extension if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"], "QAUDLVL2": ["*CREATE", "*DELETE"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) == 0 with input as given
	count(L09I.no_data) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) > 0 with input as given
}

test_fail_control if {
	given := {"entity": {"values": {"QAUDCTL": ["*NONE"], "QAUDLVL": ["*CREATE", "*DELETE"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) > 0 with input as given
}

test_fail_extension_unused if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*PGMFAIL"], "QAUDLVL2": ["*CREATE", "*DELETE"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) == 0 with input as given
	count(L09I.no_data) > 0 with input as given
}

test_pass_extension_unknown if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2", "*CREATE", "*DELETE"]}}, "parameters": {"events": ["*CREATE", "*DELETE"]}}
	count(L09I.deny) == 0 with input as given
	count(L09I.no_data) == 0 with input as given
}
