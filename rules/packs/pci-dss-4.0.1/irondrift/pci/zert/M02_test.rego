package irondrift.pci.M02_test

import data.irondrift.pci.M02

service(versions, ports) := {"entity": {"values": {"protection": ["tls"], "tls/versions": versions, "tls/suites": []}}, "facts": {"ports": {"first": 7443, "last": 7443}}, "parameters": {"poi_ports": ports}}

test_pass if {
	count(M02.deny) == 0 with input as service(["TLSv1.2"], ["7443"])
	count(M02.not_applicable) == 0 with input as service(["TLSv1.2"], ["7443"])
}

test_fail if count(M02.deny) == 1 with input as service(["TLSv1.0", "TLSv1.2"], ["7443"])

test_unknown if count(M02.no_data) == 1 with input as service(["unknown"], ["7443"])

test_absent_list if {
	count(M02.deny) == 0 with input as service(["TLSv1.0"], [])
	count(M02.not_applicable) == 1 with input as service(["TLSv1.0"], [])
}

test_not_applicable if count(M02.not_applicable) == 1 with input as service(["TLSv1.0"], ["443"])
