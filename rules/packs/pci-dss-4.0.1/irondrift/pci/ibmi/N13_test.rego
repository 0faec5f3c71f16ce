package irondrift.pci.N13_test

import data.irondrift.pci.N13

parameters := {"harmless": ["as-svrmap"]}

judged(values) := {"entity": {"values": values}, "facts": {}, "parameters": parameters}

test_pass_tls_listener if {
	given := judged({"listen/service": "telnet-ssl", "listen/port_class": "tls", "listen/addresses": ["0.0.0.0"]})
	count(N13.deny) + count(N13.warn) + count(N13.no_data) + count(N13.not_applicable) == 0 with input as given
}

test_pass_tls_connected if {
	given := judged({"listen/service": "as-database-s", "listen/port_class": "tls", "accept/service": "as-database-s", "accept/port_class": "tls", "accept/jobs": ["QZDASSINIT"]})
	count(N13.deny) + count(N13.warn) + count(N13.no_data) + count(N13.not_applicable) == 0 with input as given
}

test_pass_server_mapper if {
	given := judged({"accept/service": "as-svrmap", "accept/port_class": "clear", "listen/service": "as-svrmap", "listen/port_class": "clear"})
	count(N13.deny) + count(N13.warn) + count(N13.no_data) == 0 with input as given
}

test_pass_moved_database if {
	given := judged({"accept/service": "unlisted", "accept/port_class": "unknown", "accept/jobs": ["QZDASSINIT"]})
	count(N13.deny) + count(N13.warn) + count(N13.no_data) == 0 with input as given
}

test_fail_connected if {
	given := judged({"listen/service": "telnet", "listen/port_class": "clear", "listen/addresses": ["0.0.0.0"], "accept/service": "telnet", "accept/port_class": "clear"})
	N13.deny == {"telnet had clear-text connections when network status was taken"} with input as given
	count(N13.warn) == 0 with input as given
}

# The database server in clear text, moved to a port of the site's own, or to the
# one for TLS.
test_fail_job if {
	given := judged({"accept/service": "unlisted", "accept/port_class": "unknown", "accept/jobs": ["QZDASOINIT"]})
	N13.deny == {"job QZDASOINIT, which serves in clear text, had connections on the port of unlisted"} with input as given
	count(N13.no_data) == 0 with input as given
	tls := judged({"accept/service": "as-database-s", "accept/port_class": "tls", "accept/jobs": ["QZDASOINIT", "QZDASSINIT"]})
	count(N13.deny) == 1 with input as tls
}

test_review_listener if {
	given := judged({"listen/service": "exec", "listen/port_class": "clear", "listen/addresses": ["0.0.0.0", "::"]})
	N13.warn == {"exec listens for clear-text connections; nobody was connected at that moment"} with input as given
	count(N13.deny) == 0 with input as given
}

test_review_listener_addresses_unknown if {
	given := judged({"listen/service": "exec", "listen/port_class": "clear"})
	count(N13.warn) == 1 with input as given
}

test_loopback if {
	given := judged({"listen/service": "exec", "listen/port_class": "clear", "listen/addresses": ["127.0.0.1"]})
	count(N13.warn) + count(N13.deny) == 0 with input as given
	count(N13.not_applicable) == 1 with input as given
}

test_cannot_tell_ftp if {
	given := judged({"listen/service": "ftp", "listen/port_class": "starttls", "accept/service": "ftp", "accept/port_class": "starttls"})
	count(N13.no_data) == 1 with input as given
	count(N13.deny) == 0 with input as given
}

test_listening_ftp if {
	given := judged({"listen/service": "ftp", "listen/port_class": "starttls"})
	count(N13.not_applicable) == 1 with input as given
	count(N13.deny) + count(N13.warn) + count(N13.no_data) == 0 with input as given
}

test_absent if {
	given := judged({})
	count(N13.deny) + count(N13.warn) + count(N13.no_data) + count(N13.not_applicable) == 0 with input as given
}
