package irondrift.pci.L21_test

import data.irondrift.pci.L21

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN", "*NETSCK"]}}, "facts": {}}
	count(L21.deny) == 0 with input as given
	count(L21.warn) == 0 with input as given
	count(L21.no_data) == 0 with input as given
	count(L21.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUTFAIL", "*NETCMN"]}}, "facts": {"release": "7.3"}}
	some msg in L21.deny with input as given
	contains(msg, "proves nothing")
}

test_fail_75 if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN"]}}, "facts": {"release": 7.5}}
	count(L21.deny) > 0 with input as given
}

test_fail_unknown_release if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN"]}}, "facts": {}}
	count(L21.deny) > 0 with input as given
}

test_fail_extension if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2"], "QAUDLVL2": ["*NETCMN"]}}, "facts": {}}
	count(L21.deny) > 0 with input as given
}

test_review_72 if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN"]}}, "facts": {"release": "7.2"}}
	count(L21.deny) == 0 with input as given
	some msg in L21.warn with input as given
	contains(msg, "upgrade to 7.3")
}

test_review_72_v if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETCMN"]}}, "facts": {"release": "V7R2M0"}}
	count(L21.deny) == 0 with input as given
	count(L21.warn) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUDLVL2", "*NETCMN"]}}, "facts": {}}
	count(L21.deny) == 0 with input as given
	count(L21.warn) == 0 with input as given
	count(L21.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NETSCK"]}}, "facts": {}}
	count(L21.deny) == 0 with input as given
	count(L21.warn) == 0 with input as given
	count(L21.no_data) == 0 with input as given
	count(L21.not_applicable) > 0 with input as given
}
