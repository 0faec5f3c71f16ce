package irondrift.pci.L01I_test

import data.irondrift.pci.L01I

test_pass if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*OBJAUD"], "QAUDLVL": ["*AUTFAIL"], "ibmi/security/AUDIT_JOURNAL_EXISTS": true}}}
	count(L01I.deny) == 0 with input as given
	count(L01I.warn) == 0 with input as given
}

test_pass_journal_not_shown if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUTFAIL"]}}}
	count(L01I.deny) == 0 with input as given
	count(L01I.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QAUDCTL": ["*NONE"], "QAUDLVL": ["*AUTFAIL"]}}}
	count(L01I.deny) > 0 with input as given
}

test_fail_control if {
	given := {"entity": {"values": {"QAUDCTL": ["*OBJAUD"], "QAUDLVL": ["*AUTFAIL"]}}}
	count(L01I.deny) > 0 with input as given
}

test_fail_level if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*NONE"]}}}
	count(L01I.deny) > 0 with input as given
}

test_fail_journal if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL"], "QAUDLVL": ["*AUTFAIL"], "ibmi/security/AUDIT_JOURNAL_EXISTS": false}}}
	count(L01I.deny) > 0 with input as given
}

test_review_article if {
	given := {"entity": {"values": {"QAUDCTL": ["*AUDLVL", "*NETSCK"], "QAUDLVL": ["*AUTFAIL"]}}}
	count(L01I.deny) == 0 with input as given
	some msg in L01I.warn with input as given
	contains(msg, "belongs in QAUDLVL")
}
