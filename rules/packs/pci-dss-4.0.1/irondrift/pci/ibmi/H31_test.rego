package irondrift.pci.H31_test

import data.irondrift.pci.H31

test_pass if {
	given := {"entity": {"values": {"QRMTSIGN": "*FRCSIGNON"}}, "parameters": {"accepted": ["*FRCSIGNON", "*REJECT", "*VERIFY"]}}
	count(H31.deny) == 0 with input as given
	count(H31.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QRMTSIGN": "*SAMEPRF"}}, "parameters": {"accepted": ["*FRCSIGNON", "*REJECT", "*VERIFY"]}}
	count(H31.deny) > 0 with input as given
}

test_fail_site if {
	given := {"entity": {"values": {"QRMTSIGN": "*VERIFY"}}, "parameters": {"accepted": ["*FRCSIGNON"]}}
	count(H31.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QRMTSIGN": "SECLIB/RMTSIGN"}}, "parameters": {"accepted": ["*FRCSIGNON", "*REJECT", "*VERIFY"]}}
	count(H31.deny) == 0 with input as given
	count(H31.warn) > 0 with input as given
}
