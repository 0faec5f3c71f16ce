package irondrift.pci.T05_test

import data.irondrift.pci.T05

service(ends, zones) := {"entity": {"values": {"protection": ["tls"], "peer_networks": ["192.0.2.0/24"], "tls/cert_not_after": ends}}, "facts": {"zones": zones}, "parameters": {"warn_days": 30}, "taken": "2026-11-19T02:10:00+01:00"}

test_pass if {
	given := service(["2027-11-18T23:59:59Z"], ["untrusted"])
	count(T05.deny) == 0 with input as given
	count(T05.warn) == 0 with input as given
	count(T05.no_data) == 0 with input as given
	count(T05.not_applicable) == 0 with input as given
}

test_fail if T05.deny == {"a server certificate ran out on 2026-11-18"} with input as service(["2026-11-18T23:59:59Z", "2027-11-18T23:59:59Z"], ["internal", "untrusted"])

test_review_soon if {
	given := service(["2026-12-01T00:00:00Z"], ["untrusted"])
	T05.warn == {"a server certificate runs out on 2026-12-01"} with input as given
	count(T05.deny) == 0 with input as given
}

test_review_unknown_zone if {
	given := service(["2026-11-18T23:59:59Z"], ["unknown"])
	count(T05.deny) == 0 with input as given
	count(T05.warn) == 1 with input as given
}

test_unknown if count(T05.no_data) == 1 with input as service(["2027-11-18T23:59:59Z", "unknown"], ["untrusted"])

test_absent if {
	given := {"entity": {"values": {"protection": ["tls"], "peer_networks": ["192.0.2.0/24"]}}, "facts": {"zones": ["untrusted"]}, "parameters": {"warn_days": 30}, "taken": "2026-11-19T02:10:00+01:00"}
	count(T05.no_data) == 1 with input as given
}

test_not_applicable if {
	given := service(["2020-01-01T00:00:00Z"], ["internal"])
	count(T05.not_applicable) == 1 with input as given
	count(T05.deny) == 0 with input as given
	count(T05.no_data) == 0 with input as given
}
