package irondrift.pci.U12V_test

import data.irondrift.pci.U12V

test_pass if {
	count(U12V.warn) == 0 with input as {"entity": {"values": {"password": "active", "phrase": "active"}}}
}

test_review if {
	count(U12V.warn) == 2 with input as {"entity": {"values": {"password": "none", "phrase": "none"}}}
}
