package irondrift.pci.N11_test

import data.irondrift.pci.N11

test_pass_encrypted if {
	given := {"entity": {"values": {"sk/accept/service": "telnet-ssl", "sk/accept/port_class": "tls", "sk/accept/protection": ["tls"], "sk/secure/protocols": ["TLSv1.2"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	count(N11.no_data) == 0 with input as given
	count(N11.not_applicable) == 0 with input as given
	some msg in N11.pass with input as given
	contains(msg, "encrypted: telnet-ssl, tls (TLSv1.2)")
}

test_pass_ssh if {
	given := {"entity": {"values": {"sk/accept/service": "ssh", "sk/accept/port_class": "ssh", "sk/accept/protection": ["ssh"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	count(N11.no_data) == 0 with input as given
	count(N11.not_applicable) == 0 with input as given
	some msg in N11.pass with input as given
	contains(msg, "encrypted: ssh")
}

test_pass_server_mapper if {
	given := {"entity": {"values": {"sk/accept/service": "as-svrmap", "sk/accept/port_class": "clear", "sk/accept/protection": ["clear"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	count(N11.no_data) == 0 with input as given
	count(N11.not_applicable) == 0 with input as given
	some msg in N11.pass with input as given
	contains(msg, "clear: as-svrmap")
}

test_fail_clear if {
	given := {"entity": {"values": {"sk/accept/service": "telnet", "sk/accept/port_class": "clear", "sk/accept/protection": ["clear"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	some msg in N11.deny with input as given
	contains(msg, "clear: telnet")
}

test_fail_mixed if {
	given := {"entity": {"values": {"sk/accept/service": "http", "sk/accept/port_class": "clear", "sk/accept/protection": ["clear", "tls"], "sk/secure/protocols": ["TLSv1.3"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	some msg in N11.deny with input as given
	contains(msg, "mixed: http")
}

test_cannot_tell_ftp if {
	given := {"entity": {"values": {"sk/accept/service": "ftp", "sk/accept/port_class": "starttls"}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "cannot tell: ftp accepted connections; the protocol can upgrade")
}

test_cannot_tell_ftp_some if {
	given := {"entity": {"values": {"sk/accept/service": "ftp", "sk/accept/port_class": "starttls", "sk/secure/protocols": ["TLSv1.2"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "not that all do")
}

test_cannot_tell_tls_not_audited if {
	given := {"entity": {"values": {"sk/accept/service": "https", "sk/accept/port_class": "tls", "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "*NETSECURE is not audited")
}

test_cannot_tell_tls_audited if {
	given := {"entity": {"values": {"sk/accept/service": "https", "sk/accept/port_class": "tls", "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETSECURE"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "does not use System TLS")
}

test_cannot_tell_tls_audit_unknown if {
	given := {"entity": {"values": {"sk/accept/service": "https", "sk/accept/port_class": "tls"}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "is not known")
}

test_cannot_tell_unlisted if {
	given := {"entity": {"values": {"sk/accept/service": "unlisted", "sk/accept/port_class": "unknown"}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "in no table")
}

test_cannot_tell_not_accepted if {
	given := {"entity": {"values": {"sk/secure/protocols": ["TLSv1.2"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "accepted connections were not")
}

test_cannot_tell_failed_only if {
	given := {"entity": {"values": {"sk/secure_failed/peer_networks": ["10.1.1.0/24"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "secure sessions failed")
}

test_review_listener if {
	given := {"entity": {"values": {"netstat/listen/service": "telnet", "netstat/listen/port_class": "clear", "netstat/listen/addresses": ["0.0.0.0"], "ibmi/sk/entry_types": ["A"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	some msg in N11.warn with input as given
	contains(msg, "clear: telnet listens for clear-text connections; none was recorded")
}

test_review_listener_no_journal if {
	given := {"entity": {"values": {"netstat/listen/service": "telnet", "netstat/listen/port_class": "clear", "netstat/listen/addresses": ["0.0.0.0"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	some msg in N11.warn with input as given
	contains(msg, "not recorded")
}

test_not_applicable_local if {
	given := {"entity": {"values": {"netstat/listen/service": "unlisted", "netstat/listen/port_class": "clear", "netstat/listen/addresses": ["127.0.0.1"], "ibmi/sk/entry_types": ["A"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	count(N11.no_data) == 0 with input as given
	count(N11.not_applicable) > 0 with input as given
}

test_not_applicable_tls_listener if {
	given := {"entity": {"values": {"netstat/listen/service": "https", "netstat/listen/port_class": "tls", "netstat/listen/addresses": ["0.0.0.0"], "ibmi/sk/entry_types": ["A"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.deny) == 0 with input as given
	count(N11.warn) == 0 with input as given
	count(N11.no_data) == 0 with input as given
	count(N11.not_applicable) > 0 with input as given
}

test_incomplete_unknown if {
	given := {"entity": {"values": {}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.incomplete) > 0 with input as given
}

test_incomplete_telnet if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.incomplete) > 0 with input as given
}

test_incomplete_no if {
	given := {"entity": {"values": {"ibmi/sk/entry_types": ["A"], "ibmi/sysval/QAUDCTL": ["*AUDLVL"], "ibmi/sysval/QAUDLVL": ["*NETSCK", "*NETTELSVR"]}}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}
	count(N11.incomplete) == 0 with input as given
}

# Network status beside the journal.

at_moment(values) := {"entity": {"values": values}, "facts": {}, "parameters": {"harmless": ["as-svrmap"]}}

test_pass_job_confirms if {
	given := at_moment({"sk/accept/service": "as-database-s", "sk/accept/port_class": "tls", "sk/accept/protection": ["tls"], "sk/secure/protocols": ["TLSv1.3"], "netstat/accept/service": "as-database-s", "netstat/accept/port_class": "tls", "netstat/accept/jobs": ["QZDASSINIT"]})
	count(N11.deny) + count(N11.no_data) == 0 with input as given
	N11.pass == {"encrypted: as-database-s, tls (TLSv1.3); job QZDASSINIT, the database server with TLS, had connections when network status was taken"} with input as given
}

test_fail_job_and_journal_clear if {
	given := at_moment({"sk/accept/service": "as-database", "sk/accept/port_class": "clear", "sk/accept/protection": ["clear"], "netstat/accept/service": "as-database", "netstat/accept/port_class": "clear", "netstat/accept/jobs": ["QZDASOINIT"]})
	N11.deny == {"clear: as-database accepted connections in clear text; job QZDASOINIT, the database server in clear text, had connections when network status was taken"} with input as given
}

test_fail_job_contradicts_journal if {
	given := at_moment({"sk/accept/service": "as-database-s", "sk/accept/port_class": "tls", "sk/accept/protection": ["tls"], "netstat/accept/service": "as-database-s", "netstat/accept/port_class": "tls", "netstat/accept/jobs": ["QZDASOINIT", "QZDASSINIT"]})
	N11.deny == {"mixed: as-database-s; job QZDASOINIT, the database server in clear text, had connections when network status was taken"} with input as given
}

test_fail_job_on_unlisted_port if {
	given := at_moment({"sk/accept/service": "unlisted", "sk/accept/port_class": "unknown", "netstat/accept/service": "unlisted", "netstat/accept/port_class": "unknown", "netstat/accept/jobs": ["QZDASOINIT"]})
	N11.deny == {"clear: unlisted; job QZDASOINIT, the database server in clear text, had connections when network status was taken"} with input as given
	count(N11.no_data) == 0 with input as given
}

# The moment does not prove the period.
test_cannot_tell_job_tls_once if {
	given := at_moment({"sk/accept/service": "unlisted", "sk/accept/port_class": "unknown", "netstat/accept/service": "unlisted", "netstat/accept/port_class": "unknown", "netstat/accept/jobs": ["QZDASSINIT"]})
	count(N11.deny) + count(N11.pass) == 0 with input as given
	some msg in N11.no_data with input as given
	contains(msg, "cannot tell: unlisted accepted connections; the port is in no table of services; job QZDASSINIT")
}

test_fail_connected_not_recorded if {
	given := at_moment({"netstat/listen/service": "telnet", "netstat/listen/port_class": "clear", "netstat/listen/addresses": ["0.0.0.0"], "netstat/accept/service": "telnet", "netstat/accept/port_class": "clear"})
	N11.deny == {"clear: telnet had clear-text connections when network status was taken, and no entry shows when they were made"} with input as given
	count(N11.warn) + count(N11.not_applicable) == 0 with input as given
}

test_pass_connected_not_recorded if {
	given := at_moment({"netstat/accept/service": "as-database-s", "netstat/accept/port_class": "tls", "netstat/accept/jobs": ["QZDASSINIT"]})
	count(N11.deny) + count(N11.no_data) == 0 with input as given
	count(N11.pass) == 1 with input as given
}

test_cannot_tell_connected_not_recorded if {
	given := at_moment({"netstat/accept/service": "https", "netstat/accept/port_class": "tls"})
	count(N11.deny) + count(N11.pass) == 0 with input as given
	N11.no_data == {"cannot tell: https had connections when network status was taken, and no entry shows how they were made"} with input as given
}
