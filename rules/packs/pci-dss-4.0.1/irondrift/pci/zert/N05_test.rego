package irondrift.pci.N05_test

import data.irondrift.pci.N05

test_pass if {
	given := {"entity": {"values": {"protection": ["tls"]}}, "facts": {"ports": {"first": 23, "last": 23}}}
	count(N05.deny) == 0 with input as given
	count(N05.warn) == 0 with input as given
}

test_fail_telnet if {
	given := {"entity": {"values": {"protection": ["none", "tls"]}}, "facts": {"ports": {"first": 23, "last": 23}}}
	count(N05.deny) > 0 with input as given
}

test_review_ftp if {
	given := {"entity": {"values": {"protection": ["none"]}}, "facts": {"ports": {"first": 21, "last": 21}}}
	count(N05.deny) == 0 with input as given
	count(N05.warn) > 0 with input as given
}

test_fail_what_the_site_knows if {
	given := {"entity": {"values": {"protection": ["none"]}}, "facts": {"ports": {"first": 5000, "last": 5000, "site": {"service": "monitor with RC4", "class": "clear"}}}}
	N05.deny == {"monitor with RC4 was used without protection"} with input as given
	count(N05.warn) == 0 with input as given
}

test_the_site_comes_first if {
	given := {"entity": {"values": {"protection": ["none"]}}, "facts": {"ports": {"first": 23, "last": 23, "site": {"service": "test bed", "class": "unknown"}}}}
	count(N05.deny) == 0 with input as given
	count(N05.warn) > 0 with input as given
}

test_review_other if {
	given := {"entity": {"values": {"protection": ["none"]}}, "facts": {"ports": {"first": 5000, "last": 5000}}}
	count(N05.deny) == 0 with input as given
	count(N05.warn) > 0 with input as given
}
