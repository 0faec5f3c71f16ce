package irondrift.pci.T12_test

import data.irondrift.pci.T12

test_pass if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["ssh"], "ssh/versions": ["SSHv2"], "ssh/key_exchange": ["ecdh-sha2-nistp256"], "ssh/encryption": [], "ssh/mac": ["none or AEAD"], "ipsec/encryption": [], "ipsec/mac": [], "ipsec/ike_versions": [], "ipsec/ike_dh_groups": []}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) == 0 with input as given
	count(T12.warn) == 0 with input as given
	count(T12.not_applicable) == 0 with input as given
}

test_fail_kex if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["ssh"], "ssh/versions": ["SSHv2"], "ssh/key_exchange": ["diffie-hellman-group1-sha1"], "ssh/encryption": [], "ssh/mac": [], "ipsec/encryption": [], "ipsec/mac": [], "ipsec/ike_versions": [], "ipsec/ike_dh_groups": []}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) > 0 with input as given
}

test_fail_ssh1 if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["ssh"], "ssh/versions": ["SSHv1"], "ssh/key_exchange": [], "ssh/encryption": [], "ssh/mac": [], "ipsec/encryption": [], "ipsec/mac": [], "ipsec/ike_versions": [], "ipsec/ike_dh_groups": []}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) > 0 with input as given
}

test_fail_3des if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["ipsec"], "ssh/versions": [], "ssh/key_exchange": [], "ssh/encryption": [], "ssh/mac": [], "ipsec/encryption": ["3DES"], "ipsec/mac": ["HMAC-SHA1"], "ipsec/ike_versions": [], "ipsec/ike_dh_groups": []}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) > 0 with input as given
}

test_fail_group if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["ipsec"], "ssh/versions": [], "ssh/key_exchange": [], "ssh/encryption": [], "ssh/mac": [], "ipsec/encryption": [], "ipsec/mac": [], "ipsec/ike_dh_groups": ["2"], "ipsec/ike_versions": ["IKEv2.0"]}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) > 0 with input as given
}

test_review_unnamed_code if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["ssh"], "ssh/versions": ["SSHv2"], "ssh/key_exchange": ["code 0x07"], "ssh/encryption": [], "ssh/mac": [], "ipsec/encryption": [], "ipsec/mac": [], "ipsec/ike_versions": [], "ipsec/ike_dh_groups": []}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) == 0 with input as given
	count(T12.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"peer_networks": ["10.1.2.0/24"], "protection": ["tls"], "ssh/versions": [], "ssh/key_exchange": [], "ssh/encryption": [], "ssh/mac": [], "ipsec/encryption": [], "ipsec/mac": [], "ipsec/ike_versions": [], "ipsec/ike_dh_groups": []}}, "facts": {"zones": ["untrusted"]}}
	count(T12.deny) == 0 with input as given
	count(T12.warn) == 0 with input as given
	count(T12.not_applicable) > 0 with input as given
}
