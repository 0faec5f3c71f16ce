package irondrift.pci.H23R_test

import data.irondrift.pci.H23R

test_pass if {
	given := {"entity": {"values": {"secure": "required"}}, "facts": {"tls_confirmed": ["rscs"]}}
	count(H23R.warn) == 0 with input as given
	count(H23R.no_data) == 0 with input as given
	count(H23R.not_applicable) == 0 with input as given
}

test_review_of_words_alone if {
	count(H23R.warn) == 1 with input as {"entity": {"values": {"secure": "required"}}, "facts": {}}
	count(H23R.warn) == 1 with input as {"entity": {"values": {"secure": "required"}}, "facts": {"tls_confirmed": ["other"]}}
}

test_review if {
	given := {"entity": {"values": {"secure": "no"}}, "facts": {}}
	count(H23R.warn) == 1 with input as given
}

test_unknown if {
	given := {"entity": {"values": {}}, "facts": {}}
	count(H23R.no_data) == 1 with input as given
}

test_not_applicable if {
	count(H23R.not_applicable) == 1 with input as {"entity": {"values": {"secure": "no tcpnje links"}}, "facts": {}}
	count(H23R.not_applicable) == 1 with input as {"entity": {"values": {}}, "facts": {"unused_services": ["rscs"]}}
}
