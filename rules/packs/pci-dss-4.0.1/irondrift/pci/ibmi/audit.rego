# METADATA
# title: What an IBM i partition audits, and how it names cipher suites
# description: Pure functions over audit values. None of them reads the input.
package irondrift.pci.audit

# recorded says what the journal holds of connections for an audit value (SK
# entries, Security reference).
recorded := {
	"*NETSCK": "accepted and made TCP connections (A, C)",
	"*NETTELSVR": "accepted Telnet connections (A)",
	"*NETSECURE": "TLS and VPN sessions, made and failed (S, X)",
	"*NETUDP": "UDP datagrams (I, O)",
	"*NETFAIL": "requests for ports that are not available (P)",
}

# since_73 are the values that 7.3 brought.
since_73 := {"*NETTELSVR", "*NETSECURE", "*NETUDP"}

# parts are the values that stand for several.
parts := {
	"*JOBDTA": {"*JOBBAS", "*JOBCHGUSR"},
	"*SECURITY": {"*SECCFG", "*SECDIRSRV", "*SECIPC", "*SECNAS", "*SECRUN", "*SECSCKD", "*SECVFY", "*SECVLDL"},
}

# named are the events of QAUDLVL, with those of QAUDLVL2 when it continues there.
named(level, _) := {w | some w in level} if not "*AUDLVL2" in level

named(level, extension) := {w | some w in level; w != "*AUDLVL2"} | {w | some w in extension} if "*AUDLVL2" in level

# effective are the events that are audited for all users, umbrellas opened.
effective(control, level, extension, release) := opened(named(level, extension), release) - {"*NONE"} if "*AUDLVL" in control

effective(control, _, _, _) := set() if not "*AUDLVL" in control

opened(words, release) := (words | {p | some w in words; some p in parts[w]}) | netcmn(words, release)

# Until 7.2 *NETCMN contained *NETSCK; from 7.3 on of that only mail and DHCP. A
# release that is not known is taken for one of 7.3 or later.
netcmn(words, release) := {"*NETBAS", "*NETCLU", "*NETFAIL", "*NETSCK"} if {
	"*NETCMN" in words
	older(release, 7, 3)
}

netcmn(words, release) := {"*NETBAS", "*NETCLU", "*NETFAIL"} if {
	"*NETCMN" in words
	not older(release, 7, 3)
}

netcmn(words, _) := set() if not "*NETCMN" in words

# holds reports whether an event is audited: by itself, or because all parts of
# it are.
holds(words, word) if word in words

holds(words, word) if {
	parts[word]
	count(parts[word] - words) == 0
}

# unseen_extension holds when QAUDLVL continues in QAUDLVL2 and the values of an
# entity do not hold that one.
unseen_extension(values) if {
	"*AUDLVL2" in values.QAUDLVL
	not is_array(object.get(values, "QAUDLVL2", null))
}

too_old(word, release) if {
	word in since_73
	older(release, 7, 3)
}

# A release is 7.5, "7.5" or "V7R5M0".
numbers(release) := [to_number(n) | some n in regex.find_n(`[0-9]+`, sprintf("%v", [release]), 2)]

known_release(release) if count(numbers(release)) == 2

older(release, major, _) if {
	known_release(release)
	numbers(release)[0] < major
}

older(release, major, minor) if {
	known_release(release)
	numbers(release)[0] == major
	numbers(release)[1] < minor
}

# blind says why the journal may lack connections of the kinds that the needed
# audit values record. Values holds the absolute keys of the system values.
blind(values, needed, release) := {"whether the system records connections is not known: collect the system values QAUDCTL and QAUDLVL"} if {
	count(needed) > 0
	not readable(values)
	not unread_extension(values)
	release == release
}

blind(values, needed, release) := {msg |
	in_effect := effective(values["ibmi/sysval/QAUDCTL"], values["ibmi/sysval/QAUDLVL"], object.get(values, "ibmi/sysval/QAUDLVL2", []), release)
	some word in needed
	not word in in_effect
	msg := sprintf("%s is not audited: the journal cannot hold %s", [word, recorded[word]])
} if {
	readable(values)
}

blind(values, needed, release) := {msg |
	in_effect := effective(values["ibmi/sysval/QAUDCTL"], values["ibmi/sysval/QAUDLVL"], [], release)
	some word in needed
	not word in in_effect
	msg := sprintf("whether %s is audited is not known: QAUDLVL continues in QAUDLVL2, which was not read", [word])
} if {
	unread_extension(values)
}

levels(values) if {
	is_array(object.get(values, "ibmi/sysval/QAUDCTL", null))
	is_array(object.get(values, "ibmi/sysval/QAUDLVL", null))
}

readable(values) if {
	levels(values)
	not extension_missing(values)
}

unread_extension(values) if {
	levels(values)
	extension_missing(values)
}

extension_missing(values) if {
	"*AUDLVL2" in object.get(values, "ibmi/sysval/QAUDLVL", [])
	not is_array(object.get(values, "ibmi/sysval/QAUDLVL2", null))
}

# incomplete says why a list of connections may lack some although its extract is
# whole: the audit values, or an extract without any entry.
incomplete(values, needed, release) := blind(values, needed, release) | empty(values)

empty(values) := {"the extract holds no SK entry at all, which is also what a wrong receiver or a wrong time gives"} if {
	object.get(values, "ibmi/sk/entry_types", null) == []
} else := set()

# serves says which database server a job is: these two alone tell by their name
# whether a connection is encrypted.
serves := {"QZDASOINIT": "clear", "QZDASSINIT": "tls"}

# loopback reports whether addresses are of this system alone. None are not.
loopback(addresses) if {
	count(addresses) > 0
	every a in addresses {
		regex.match(`^(127\.|::1$)`, a)
	}
}

# suite is the registry's name of a cipher suite in QSSLCSL: the name there is
# without TLS_ and WITH_, and has an asterisk in front.
suite(name) := sprintf("TLS_%s_WITH_%s", [exchange, substring(bare, count(exchange) + 1, -1)]) if {
	bare := trim_prefix(name, "*")
	some exchange in exchanges
	startswith(bare, concat("", [exchange, "_"]))
	not longer(bare, exchange)
} else := sprintf("TLS_%s", [trim_prefix(name, "*")])

exchanges := ["ECDHE_ECDSA", "ECDHE_RSA", "ECDH_ECDSA", "ECDH_RSA", "DHE_RSA", "DHE_DSS", "RSA_EXPORT", "RSA"]

longer(bare, exchange) if {
	some other in exchanges
	count(other) > count(exchange)
	startswith(other, exchange)
	startswith(bare, concat("", [other, "_"]))
}
