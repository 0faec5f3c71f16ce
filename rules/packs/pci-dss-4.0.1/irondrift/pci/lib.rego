# METADATA
# title: What several checks share
# description: Pure functions over the tables of the pack. None of them reads the input.
package irondrift.pci.lib

import data.irondrift.pci.tables

# suite_class is the class of a negotiated TLS cipher suite. A name or number
# that the registry does not have is "unregistered", never harmless.
suite_class(name) := tables.suites[name].class

suite_class(name) := "unregistered" if not tables.suites[name]

suite_reasons(name) := tables.suites[name].reasons

suite_reasons(name) := "not in the registry" if not tables.suites[name]

# class_in looks a name up in a table of classes; "unknown" when it is not there.
class_in(table, name) := table[name]

class_in(table, name) := "unknown" if not table[name]

# known_port says what is behind the first port of a service: what the site
# states, else the table's entry.
known_port(ports) := ports.site

known_port(ports) := tables.ports[format_int(ports.first, 10)] if not ports.site

port_class(ports) := known_port(ports).class

port_class(ports) := "unlisted" if not known_port(ports)

# lists reports whether a list of port numbers written as text holds the first
# port of a service.
lists(list, ports) if format_int(ports.first, 10) in list

# open_zone holds for the zones in which requirement 4.2.1 applies.
open_zone(zones) if "untrusted" in zones

inner_zone(zones) if "internal" in zones

inner_zone(zones) if "cde" in zones

# can_log_on holds for the classes of directory passwords with which a person
# can log on with a password of the user id itself.
can_log_on(password_class) if not password_class in {"nolog", "autoonly", "lbyonly"}

# more_than returns the characters of classes that are not in the ordinary ones.
more_than(classes, ordinary) := {c | some c in classes; not c in ordinary}

# rule_ports are the ports of the service that an AT-TLS rule is about: its own
# for connections that come in, those of the other end for connections that go
# out.
rule_ports(rule) := rule.LocalPortRange if rule.Direction == "Inbound"

rule_ports(rule) := rule.RemotePortRange if rule.Direction == "Outbound"

rule_ports(rule) := array.concat(rule.LocalPortRange, rule.RemotePortRange) if rule.Direction == "Both"

# port_within reports whether All, n or n-m holds a port given as text.
port_within("All", _)

port_within(range, port) if range == port

port_within(range, port) if {
	ends := split(range, "-")
	count(ends) == 2
	to_number(ends[0]) <= to_number(port)
	to_number(port) <= to_number(ends[1])
}
