package irondrift.pci.U12I_test

import data.irondrift.pci.U12I

test_pass if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*DGTMIN1", "*LTRMIN1", "*MINLEN12"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) == 0 with input as given
	count(U12I.warn) == 0 with input as given
	count(U12I.no_data) == 0 with input as given
}

test_pass_letters_by_any_3 if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*DGTMIN1", "*MINLEN15", "*REQANY3"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) == 0 with input as given
	count(U12I.warn) == 0 with input as given
	count(U12I.no_data) == 0 with input as given
}

test_fail_short if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*DGTMIN1", "*LTRMIN1", "*MINLEN8"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_fail_no_length if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*DGTMIN1", "*LTRMIN1"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_fail_level if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*DGTMIN1", "*LTRMIN1", "*MINLEN12"], "QPWDLVL": 1}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_fail_digit if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*LTRMIN1", "*MINLEN12"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_fail_letter if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*DGTMIN1", "*MINLEN12"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_fail_older if {
	given := {"entity": {"values": {"QPWDRULES": ["*PWDSYSVAL"], "QPWDLVL": 2, "QPWDMINLEN": 6, "QPWDRQDDGT": 0}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_review_older if {
	given := {"entity": {"values": {"QPWDRULES": ["*PWDSYSVAL"], "QPWDLVL": 3, "QPWDMINLEN": 12, "QPWDRQDDGT": 1}}, "parameters": {"min_length": 12}}
	count(U12I.deny) == 0 with input as given
	count(U12I.warn) > 0 with input as given
}

test_review_any_3 if {
	given := {"entity": {"values": {"QPWDRULES": ["*ALLCRTCHG", "*MINLEN12", "*REQANY3"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) == 0 with input as given
	count(U12I.warn) > 0 with input as given
}

test_review_administrators if {
	given := {"entity": {"values": {"QPWDRULES": ["*DGTMIN1", "*LTRMIN1", "*MINLEN12"], "QPWDLVL": 3}}, "parameters": {"min_length": 12}}
	count(U12I.deny) == 0 with input as given
	count(U12I.warn) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"QPWDRULES": ["*PWDSYSVAL"], "QPWDLVL": 1}}, "parameters": {"min_length": 12}}
	count(U12I.deny) > 0 with input as given
}

test_no_data_older if {
	given := {"entity": {"values": {"QPWDRULES": ["*PWDSYSVAL"], "QPWDLVL": 2, "QPWDMINLEN": 12}}, "parameters": {"min_length": 12}}
	count(U12I.deny) == 0 with input as given
	count(U12I.warn) > 0 with input as given
}
