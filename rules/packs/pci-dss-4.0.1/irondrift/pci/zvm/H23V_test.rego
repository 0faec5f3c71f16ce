package irondrift.pci.H23V_test

import data.irondrift.pci.H23V

test_pass if {
	given := {"entity": {"values": {"protocol/sslv2": "off", "protocol/sslv3": "off", "protocol/tlsv1_0": "off", "protocol/tlsv1_1": "off"}, "captured": {"server": "SSL00001"}}, "facts": {}}
	count(H23V.deny) == 0 with input as given
	count(H23V.no_data) == 0 with input as given
	count(H23V.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"protocol/sslv2": "off", "protocol/sslv3": "on", "protocol/tlsv1_0": "off", "protocol/tlsv1_1": "off"}, "captured": {"server": "SSL00001"}}, "facts": {}}
	count(H23V.deny) > 0 with input as given
}

test_no_data if {
	given := {"entity": {"values": {"protocol/sslv2": "off", "protocol/sslv3": "off", "protocol/tlsv1_0": "off"}, "captured": {"server": "SSL00001"}}, "facts": {}}
	count(H23V.deny) == 0 with input as given
	count(H23V.no_data) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {}, "captured": {"server": "server"}}, "facts": {}}
	count(H23V.deny) == 0 with input as given
	count(H23V.no_data) == 0 with input as given
	count(H23V.not_applicable) > 0 with input as given
}
