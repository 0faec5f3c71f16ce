package irondrift.pci.H23M_test

import data.irondrift.pci.H23M

test_pass if {
	given := {"entity": {"values": {"secure": "required"}}, "facts": {"tls_confirmed": ["smtp"]}}
	count(H23M.warn) == 0 with input as given
	count(H23M.no_data) == 0 with input as given
	count(H23M.not_applicable) == 0 with input as given
}

test_pass_by_stack if {
	given := {"entity": {"values": {"secure": "never", "zvm/tcpip/port/25/tcp/secure": ["CERT"]}}, "facts": {}}
	count(H23M.warn) == 0 with input as given
}

test_review_of_words_alone if {
	count(H23M.warn) == 1 with input as {"entity": {"values": {"secure": "required"}}, "facts": {}}
	count(H23M.warn) == 1 with input as {"entity": {"values": {"secure": "required"}}, "facts": {"tls_confirmed": ["other"]}}
}

test_review if {
	given := {"entity": {"values": {"secure": "allowed", "zvm/tcpip/port/25/tcp/secure": ["no"]}}, "facts": {}}
	count(H23M.warn) == 1 with input as given
}

test_unknown if {
	given := {"entity": {"values": {}}, "facts": {}}
	count(H23M.warn) == 0 with input as given
	count(H23M.no_data) == 1 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {}}, "facts": {"unused_services": ["smtp"]}}
	count(H23M.no_data) == 0 with input as given
	count(H23M.not_applicable) == 1 with input as given
}
