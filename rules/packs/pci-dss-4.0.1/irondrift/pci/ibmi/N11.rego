# METADATA
# title: Every service is known to encrypt or not
# description: |
#   The verdict on each port is the first word: encrypted, clear, mixed or cannot
#   tell. Accept entries do not carry it: it follows from what the port stands for,
#   from the secure session entries of the same port, and from network status: what
#   listens, what is connected at its moment, and which job serves it.
# custom:
#   id: N11
#   severity: medium
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["1.2.6", "2.2.5", "12.3.3"]
#   entity: ibmi/*=sk|netstat/*=accept|secure|secure_failed|listen/<port>
#   keys:
#     optional: ["sk/accept/service", "sk/accept/port_class", "sk/accept/protection", "sk/secure/protocols", "sk/secure_failed/peer_networks", "netstat/listen/service", "netstat/listen/port_class", "netstat/listen/addresses", "netstat/accept/service", "netstat/accept/port_class", "netstat/accept/jobs", "/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#     list: ["/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
#   facts:
#     optional: ["release"]
#   inventory: true
#   parameters:
#     harmless:
#       meaning: clear-text services that carry neither data nor passwords
#       default: ["as-svrmap"]
#       within: ["as-svrmap"]
#   remediation: "Assign a certificate in Digital Certificate Manager and end the clear-text listener; name ports of the site's own in its port table"
#   limits: "One verdict for a port, not for each connection. S entries need *NETSECURE and come from System TLS and VPN only; TLS of OpenSSL and Java leaves none. Network status is that of one moment."
package irondrift.pci.N11

import data.irondrift.pci.audit

v := input.entity.values

default release := ""

release := input.facts.release

# accepted: the journal has accepted connections in its period. Connected: network
# status has some at its moment.
accepted if v["sk/accept/service"]

connected if v["netstat/accept/service"]

service := v["sk/accept/service"] if {
	accepted
} else := v["netstat/accept/service"] if {
	connected
} else := v["netstat/listen/service"]

class := v["sk/accept/port_class"] if {
	accepted
} else := v["netstat/accept/port_class"] if {
	connected
} else := v["netstat/listen/port_class"]

jobs(kind) := {j | some j in v["netstat/accept/jobs"]; audit.serves[j] == kind}

# moment is what network status adds to what the journal says.
moment := sprintf("; job %s, the database server with TLS, had connections when network status was taken", [concat(", ", sort(jobs("tls")))]) if {
	count(jobs("tls")) > 0
	count(jobs("clear")) == 0
} else := sprintf("; job %s, the database server in clear text, had connections when network status was taken", [concat(", ", sort(jobs("clear")))]) if {
	count(jobs("clear")) > 0
} else := ""

shown := {p | some p in v["sk/accept/protection"]}

known if v["sk/accept/protection"]

tls_seen if v["sk/secure/protocols"]

harmless if service in input.parameters.harmless

local_only if audit.loopback(object.get(v, "netstat/listen/addresses", []))

deny contains msg if {
	shown == {"clear"}
	not harmless
	msg := sprintf("clear: %s accepted connections in clear text%s", [service, moment])
}

deny contains msg if {
	"clear" in shown
	count(shown) > 1
	msg := sprintf("mixed: %s accepted clear connections, and encrypted ones (%s) on the same port", [service, concat(", ", sort(shown - {"clear"}))])
}

# Network status contradicts what the journal, or the port, says.
deny contains msg if {
	not "clear" in shown
	class != "clear"
	count(jobs("clear")) > 0
	msg := sprintf("%s: %s%s", [contradicted, service, moment])
}

contradicted := "mixed" if {
	count(shown) > 0
} else := "mixed" if {
	count(jobs("tls")) > 0
} else := "clear"

# The journal has no accept entry: the connection is older than its period, or was
# not recorded.
deny contains msg if {
	not accepted
	connected
	class == "clear"
	not harmless
	msg := sprintf("clear: %s had clear-text connections when network status was taken, and no entry shows when they were made%s", [service, moment])
}

pass contains msg if {
	count(shown) > 0
	not "clear" in shown
	msg := sprintf("encrypted: %s, %s%s%s", [service, concat(", ", sort(shown)), versions, moment])
}

default versions := ""

versions := sprintf(" (%s)", [concat(", ", sort(v["sk/secure/protocols"]))]) if count(v["sk/secure/protocols"]) > 0

pass contains msg if {
	shown == {"clear"}
	harmless
	msg := sprintf("clear: %s carries neither data nor passwords", [service])
}

# What was accepted, and nothing shows how.
no_data contains msg if {
	accepted
	not known
	count(jobs("clear")) == 0
	msg := sprintf("cannot tell: %s accepted connections; %s%s", [service, why, moment])
}

why := "the protocol can upgrade to TLS on this port, and secure session entries show that some connections do, not that all do" if {
	class == "starttls"
	tls_seen
} else := "the protocol can upgrade to TLS on this port (AUTH TLS, StartTLS), and no secure session entry shows that it does" if {
	class == "starttls"
} else := concat("", ["the port is one for TLS, but no secure session entry confirms it: ", secure_entries]) if {
	class == "tls"
} else := concat("", ["the port is one for VPN, but no secure session entry confirms it: ", secure_entries]) if {
	class == "ipsec"
} else := "TLS was seen on this port, but the port is in no table, so nothing excludes connections without it" if {
	tls_seen
} else := "the port is in no table of services" if {
	service == "unlisted"
} else := "the service may encrypt or not"

audited_secure if count(audit.blind(v, {"*NETSECURE"}, release)) == 0

secure_entries := "*NETSECURE is audited, so the server does not use System TLS or the connections failed" if {
	audited_secure
} else := concat("; ", sort(audit.blind(v, {"*NETSECURE"}, release)))

# What is connected at the moment, and nothing was recorded. The job tells of the
# database server only; SSH encrypts by itself.
momentary if {
	not accepted
	connected
	class != "clear"
	count(jobs("clear")) == 0
}

shown_by_job if count(jobs("tls")) > 0

shown_by_job if class == "ssh"

pass contains msg if {
	momentary
	shown_by_job
	msg := sprintf("encrypted: %s, connected when network status was taken; no entry shows when it was made%s", [service, moment])
}

no_data contains msg if {
	momentary
	not shown_by_job
	msg := sprintf("cannot tell: %s had connections when network status was taken, and no entry shows how they were made", [service])
}

no_data contains "cannot tell: secure sessions were recorded, accepted connections were not" if {
	not accepted
	not connected
	tls_seen
}

no_data contains "cannot tell: secure sessions failed, and no accepted connection was recorded" if {
	not accepted
	not connected
	not tls_seen
	v["sk/secure_failed/peer_networks"]
}

# What only listens.
listening if {
	not accepted
	not connected
	not tls_seen
	not v["sk/secure_failed/peer_networks"]
}

warn contains msg if {
	listening
	class == "clear"
	not harmless
	not local_only
	msg := sprintf("clear: %s listens for clear-text connections; %s", [service, unused])
}

unused := "none was recorded in the period" if {
	count(v["ibmi/sk/entry_types"]) > 0
} else := "connections are not recorded, or their journal was not read"

not_applicable contains msg if {
	listening
	not local_only
	class != "clear"
	msg := sprintf("%s listens; %s", [service, unused])
}

not_applicable contains msg if {
	listening
	not local_only
	class == "clear"
	harmless
	msg := sprintf("%s listens; it carries neither data nor passwords", [service])
}

not_applicable contains msg if {
	listening
	local_only
	msg := sprintf("%s listens for this system only", [service])
}

incomplete contains msg if some msg in audit.incomplete(v, {"*NETSCK", "*NETTELSVR"}, release)
