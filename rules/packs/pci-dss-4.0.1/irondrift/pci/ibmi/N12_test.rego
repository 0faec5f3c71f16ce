package irondrift.pci.N12_test

import data.irondrift.pci.N12

test_pass if {
	given := {"entity": {"values": {"service": "telnet-ssl", "addresses": ["0.0.0.0", "::"]}}, "facts": {"approved": true}}
	count(N12.deny) == 0 with input as given
	count(N12.not_applicable) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": {"service": "exec", "addresses": ["0.0.0.0"]}}, "facts": {"approved": false}}
	N12.deny == {"exec is open and not in the site's register of approved services"} with input as given
}

test_fail_unlisted if {
	given := {"entity": {"values": {"service": "unlisted", "addresses": ["10.1.2.3"]}}, "facts": {"approved": false}}
	N12.deny == {"the port is open and not in the site's register of approved services"} with input as given
}

# A listing does not show addresses: then the port is taken for open to all.
test_addresses_unknown if {
	given := {"entity": {"values": {"service": "exec"}}, "facts": {"approved": false}}
	count(N12.deny) == 1 with input as given
	count(N12.not_applicable) == 0 with input as given
}

test_loopback if {
	given := {"entity": {"values": {"service": "exec", "addresses": ["127.0.0.1", "::1"]}}, "facts": {"approved": false}}
	count(N12.deny) == 0 with input as given
	count(N12.not_applicable) == 1 with input as given
}

test_register_absent if {
	given := {"entity": {"values": {"service": "exec", "addresses": ["0.0.0.0"]}}, "facts": {}}
	count(N12.deny) == 0 with input as given
}
