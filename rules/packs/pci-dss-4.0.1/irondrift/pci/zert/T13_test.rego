package irondrift.pci.T13_test

import data.irondrift.pci.T13

service(subjects, issuers, certificates, authorities) := {
	"entity": {"values": {"protection": ["tls"], "peer_networks": ["192.0.2.0/24"], "tls/cert_subjects": subjects, "tls/cert_issuers": issuers}},
	"facts": {"zones": ["untrusted"]}, "parameters": {"certificates": certificates, "issuers": authorities},
}

test_pass if {
	given := service(["CN=ftp.bank.example,O=Bank"], ["CN=CA 2"], ["CN=*.bank.example,O=Bank"], [])
	count(T13.deny) == 0 with input as given
	count(T13.no_data) == 0 with input as given
	count(T13.not_applicable) == 0 with input as given
}

test_pass_by_issuer if count(T13.deny) == 0 with input as service(["CN=partner"], ["CN=Partner CA"], [], ["CN=Partner CA"])

test_fail if T13.deny == {"the certificate of CN=test is not in the register"} with input as service(["CN=ftp", "CN=test"], ["CN=CA 2"], ["CN=ftp"], [])

test_fail_other_issuer_beside if T13.deny == {"the certificate of CN=x is not in the register"} with input as service(["CN=x"], ["CN=Partner CA", "CN=Other CA"], [], ["CN=Partner CA"])

test_no_register if {
	given := service(["CN=x"], ["CN=CA"], [], [])
	count(T13.deny) == 0 with input as given
	count(T13.no_data) == 1 with input as given
}

test_unknown if count(T13.no_data) == 1 with input as service(["CN=ftp", "unknown"], ["CN=CA 2"], ["CN=ftp"], [])

test_unknown_only if T13.no_data == {"no record tells whose certificate was used"} with input as service(["unknown"], ["unknown"], ["CN=ftp"], [])

test_absent if {
	given := {"entity": {"values": {"protection": ["tls"], "peer_networks": []}}, "facts": {"zones": ["unknown"]}, "parameters": {"certificates": ["CN=x"], "issuers": []}}
	count(T13.no_data) == 1 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"protection": ["ssh"], "peer_networks": []}}, "facts": {"zones": ["internal"]}, "parameters": {"certificates": ["CN=x"], "issuers": []}}
	count(T13.not_applicable) == 2 with input as given
	count(T13.no_data) == 0 with input as given
}
