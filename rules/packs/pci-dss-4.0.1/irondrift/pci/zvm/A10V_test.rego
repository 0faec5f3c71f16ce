package irondrift.pci.A10V_test

import data.irondrift.pci.A10V

test_pass if {
	given := {"entity": {"values": {"failed": "fail", "undefined": "fail", "permitted": "allow", "warning": "fail"}}}
	count(A10V.deny) == 0 with input as given
	count(A10V.warn) == 0 with input as given
}

test_fail_failed if {
	given := {"entity": {"values": {"failed": "defer", "undefined": "fail"}}}
	count(A10V.deny) == 1 with input as given
}

test_fail_undefined if {
	given := {"entity": {"values": {"failed": "fail", "undefined": "defer"}}}
	count(A10V.deny) == 1 with input as given
}

test_fail_open if {
	given := {"entity": {"values": {"failed": "fail", "undefined": "allow"}}}
	count(A10V.deny) == 1 with input as given
}

test_review_warning if {
	given := {"entity": {"values": {"failed": "fail", "undefined": "fail", "warning": "defer"}}}
	count(A10V.deny) == 0 with input as given
	count(A10V.warn) == 1 with input as given
}
