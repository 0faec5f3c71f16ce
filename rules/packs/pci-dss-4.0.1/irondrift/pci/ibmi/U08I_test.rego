package irondrift.pci.U08I_test

import data.irondrift.pci.U08I

test_pass if {
	given := {"entity": {"values": {"QPWDLVL": 3}}}
	count(U08I.deny) == 0 with input as given
	count(U08I.warn) == 0 with input as given
}

test_pass_4 if {
	given := {"entity": {"values": {"QPWDLVL": 4}}}
	count(U08I.deny) == 0 with input as given
	count(U08I.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QPWDLVL": 0}}}
	count(U08I.deny) > 0 with input as given
}

test_fail_1 if {
	given := {"entity": {"values": {"QPWDLVL": 1}}}
	count(U08I.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QPWDLVL": 2}}}
	count(U08I.deny) == 0 with input as given
	count(U08I.warn) > 0 with input as given
}

test_review_pending if {
	given := {"entity": {"values": {"QPWDLVL": 3, "ibmi/security/PENDING_PASSWORD_LEVEL": "2"}}}
	count(U08I.deny) == 0 with input as given
	count(U08I.warn) > 0 with input as given
}
