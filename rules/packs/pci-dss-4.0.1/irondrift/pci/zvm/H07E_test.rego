package irondrift.pci.H07E_test

import data.irondrift.pci.H07E

test_pass if {
	given := {"entity": {"values": {"esm_enable": "yes", "esm_validate": "yes", "esm_racroute": "yes"}}, "facts": {"esm": "racf"}}
	count(H07E.deny) == 0 with input as given
	count(H07E.not_applicable) == 0 with input as given
}

test_pass_exit if {
	given := {"entity": {"values": {"esm_enable": "yes", "esm_validate": "RPIVAL", "esm_racroute": "RPIUCMS"}}, "facts": {"esm": "vmsecure"}}
	count(H07E.deny) == 0 with input as given
	count(H07E.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"esm_enable": "no"}}, "facts": {}}
	count(H07E.deny) > 0 with input as given
}

test_fail_validate if {
	given := {"entity": {"values": {"esm_enable": "yes", "esm_validate": "no"}}, "facts": {}}
	count(H07E.deny) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"esm_enable": "no"}}, "facts": {"esm": "none"}}
	count(H07E.deny) == 0 with input as given
	count(H07E.not_applicable) > 0 with input as given
}
