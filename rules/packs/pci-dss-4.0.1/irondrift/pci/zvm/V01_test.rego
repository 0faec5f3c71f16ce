package irondrift.pci.V01_test

import data.irondrift.pci.V01

test_pass if {
	given := {"entity": {"values": {"service_level": "2401", "zvm/tcpip/level": "730"}}, "facts": {"service_levels": {"cp": "2401", "tcpip": "730"}}}
	count(V01.deny) == 0 with input as given
	count(V01.no_data) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"service_level": "2301"}}, "facts": {"service_levels": {"cp": "2401"}}}
	count(V01.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"service_level": "2401"}}, "facts": {"service_levels": {"cp": "2401", "cms": "30"}}}
	count(V01.deny) == 0 with input as given
	count(V01.no_data) > 0 with input as given
}

test_fail_component if {
	given := {"entity": {"values": {"service_level": "2401", "zvm/service/env/level/RACF": "0101"}}, "facts": {"service_levels": {"cp": "2401", "RACF": "0102"}}}
	count(V01.deny) == 1 with input as given
	count(V01.no_data) == 0 with input as given
}

test_unknown_component if {
	given := {"entity": {"values": {"service_level": "2401"}}, "facts": {"service_levels": {"RACF": "0102"}}}
	count(V01.no_data) == 1 with input as given
}
