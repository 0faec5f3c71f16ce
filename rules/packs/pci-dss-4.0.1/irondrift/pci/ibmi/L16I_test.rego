package irondrift.pci.L16I_test

import data.irondrift.pci.L16I

test_pass if {
	given := {"entity": {"values": {"QAUDENDACN": "*PWRDWNSYS"}}}
	count(L16I.warn) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QAUDENDACN": "*NOTIFY"}}}
	count(L16I.warn) > 0 with input as given
}
