package irondrift.pci.L13_test

import data.irondrift.pci.L13

test_pass if {
	given := {"entity": {"values": {"exists": true, "missing_nights": []}}}
	count(L13.deny) == 0 with input as given
	count(L13.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"exists": false, "missing_nights": []}}}
	count(L13.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"exists": true, "missing_nights": ["2026-11-03", "2026-11-04"]}}}
	count(L13.deny) == 0 with input as given
	count(L13.warn) > 0 with input as given
}
