package irondrift.pci.T19_test

import data.irondrift.pci.T19

rule(role, client, server, pairs, defaulted) := {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": role, "ClientECurves": client, "ServerKexECurves": server, "SignaturePairs": pairs, "defaulted": defaulted}}}

strong := ["rsa_pkcs1_sha256", "ecdsa_secp384r1_sha384", "rsa_pss_rsae_sha256"]

test_pass if {
	given := rule("Server", ["secp192r1"], ["secp256r1"], strong, [])
	count(T19.warn) == 0 with input as given
	count(T19.no_data) == 0 with input as given
}

test_fail_curve_of_a_client if T19.warn == {"ClientECurves offers secp192r1: below 256 bits"} with input as rule("Client", ["secp256r1", "secp192r1"], ["secp224r1"], strong, [])

test_fail_curve_of_a_server if T19.warn == {"ServerKexECurves offers secp224r1 by default: below 256 bits"} with input as rule("Server", ["secp192r1"], ["secp224r1"], strong, ["ServerKexECurves"])

test_fail_signatures if T19.warn == {"SignaturePairs offers rsa_pkcs1_sha1, dsa_sha256, ecdsa_sha224"} with input as rule("Server", [], [], ["rsa_pkcs1_sha1", "dsa_sha256", "rsa_pkcs1_sha512", "ecdsa_sha224"], [])

test_unknown if count(T19.no_data) > 0 with input as {"entity": {"values": {"TTLSEnabled": true, "HandshakeRole": "Server"}}}

test_not_applicable if {
	given := {"entity": {"values": {"TTLSEnabled": false}}}
	count(T19.not_applicable) > 0 with input as given
	count(T19.no_data) == 0 with input as given
}
