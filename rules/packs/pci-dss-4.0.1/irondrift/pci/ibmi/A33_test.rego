package irondrift.pci.A33_test

import data.irondrift.pci.A33

test_pass if {
	given := {"entity": {"values": {"user_class": "*USER", "limit_capabilities": "*YES", "status": "*ENABLED", "no_password": false}}}
	count(A33.warn) == 0 with input as given
	count(A33.not_applicable) == 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"user_class": "*USER", "limit_capabilities": "*NO", "status": "*ENABLED", "no_password": false}}}
	count(A33.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"user_class": "*PGMR", "limit_capabilities": "*NO", "status": "*ENABLED", "no_password": false}}}
	count(A33.warn) == 0 with input as given
	count(A33.not_applicable) > 0 with input as given
}
