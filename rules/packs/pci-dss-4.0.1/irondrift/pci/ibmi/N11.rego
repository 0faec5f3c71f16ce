# METADATA
# title: Every service is known to encrypt or not
# description: |
#   The verdict on each port is the first word: encrypted, clear, mixed or cannot
#   tell. Accept entries do not carry it: it follows from what the port stands for,
#   from the secure session entries of the same port, and from what listens.
# custom:
#   id: N11
#   severity: medium
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["1.2.6", "2.2.5", "12.3.3"]
#   entity: ibmi/*=sk|netstat/*=accept|secure|secure_failed|listen/<port>
#   keys:
#     optional: ["sk/accept/service", "sk/accept/port_class", "sk/accept/protection", "sk/secure/protocols", "sk/secure_failed/peer_networks", "netstat/listen/service", "netstat/listen/port_class", "netstat/listen/addresses", "/ibmi/sk/entry_types", "/ibmi/sysval/QAUDCTL", "/ibmi/sysval/QAUDLVL", "/ibmi/sysval/QAUDLVL2"]
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

accepted if v["sk/accept/service"]

service := v["sk/accept/service"]

service := v["netstat/listen/service"] if not accepted

class := v["sk/accept/port_class"]

class := v["netstat/listen/port_class"] if not accepted

shown := {p | some p in v["sk/accept/protection"]}

known if v["sk/accept/protection"]

tls_seen if v["sk/secure/protocols"]

harmless if service in input.parameters.harmless

local_only if {
	count(v["netstat/listen/addresses"]) > 0
	every a in v["netstat/listen/addresses"] {
		regex.match(`^(127\.|::1$)`, a)
	}
}

deny contains msg if {
	shown == {"clear"}
	not harmless
	msg := sprintf("clear: %s accepted connections in clear text", [service])
}

deny contains msg if {
	"clear" in shown
	count(shown) > 1
	msg := sprintf("mixed: %s accepted clear connections, and encrypted ones (%s) on the same port", [service, concat(", ", sort(shown - {"clear"}))])
}

pass contains msg if {
	count(shown) > 0
	not "clear" in shown
	msg := sprintf("encrypted: %s, %s%s", [service, concat(", ", sort(shown)), versions])
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
	msg := sprintf("cannot tell: %s accepted connections; %s", [service, why])
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

no_data contains "cannot tell: secure sessions were recorded, accepted connections were not" if {
	not accepted
	tls_seen
}

no_data contains "cannot tell: secure sessions failed, and no accepted connection was recorded" if {
	not accepted
	not tls_seen
	v["sk/secure_failed/peer_networks"]
}

# What only listens.
listening if {
	not accepted
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
