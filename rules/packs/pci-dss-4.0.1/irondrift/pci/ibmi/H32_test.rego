package irondrift.pci.H32_test

import data.irondrift.pci.H32

test_pass if {
	given := {"entity": {"values": {"QALWOBJRST": ["*NONE"], "QVFYOBJRST": 3}}, "parameters": {"min_verify": 3}}
	count(H32.deny) == 0 with input as given
	count(H32.warn) == 0 with input as given
}

test_pass_ptf if {
	given := {"entity": {"values": {"QALWOBJRST": ["*ALWPTF"], "QVFYOBJRST": 5}}, "parameters": {"min_verify": 3}}
	count(H32.deny) == 0 with input as given
	count(H32.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"QALWOBJRST": ["*ALL"], "QVFYOBJRST": 3}}, "parameters": {"min_verify": 3}}
	count(H32.deny) > 0 with input as given
}

test_fail_verify if {
	given := {"entity": {"values": {"QALWOBJRST": ["*NONE"], "QVFYOBJRST": 1}}, "parameters": {"min_verify": 3}}
	count(H32.deny) > 0 with input as given
}

test_review if {
	given := {"entity": {"values": {"QALWOBJRST": ["*ALWPGMADP", "*ALWPTF"], "QVFYOBJRST": 3}}, "parameters": {"min_verify": 3}}
	count(H32.deny) == 0 with input as given
	count(H32.warn) > 0 with input as given
}

# A word that is not known, such as one that was damaged on the way, does not pass.
test_review_unknown_word if {
	given := {"entity": {"values": {"QALWOBJRST": ["*ALM"], "QVFYOBJRST": 5}}, "parameters": {"min_verify": 3}}
	count(H32.deny) == 0 with input as given
	count(H32.warn) > 0 with input as given
}
