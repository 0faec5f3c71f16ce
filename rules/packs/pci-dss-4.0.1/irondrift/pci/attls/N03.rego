# METADATA
# title: Every AT-TLS rule is for an approved service
# custom:
#   id: N03
#   severity: low
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["1.2.5"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["Direction", "LocalPortRange", "RemotePortRange"]
#     optional: ["Jobname"]
#   facts:
#     required: ["register"]
#   remediation: "Enter the service of the rule in the register (services: in irondrift.yaml) with its purpose, or strike the rule"
#   limits: "A rule for ports that nobody listens on opens nothing; N01 judges what is used. Names are compared by their beginnings, so a mask of the rule and one of the register can agree without meaning the same job. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.N03

import data.irondrift.pci.lib

v := input.entity.values

default job := "*"

job := v.Jobname

# role holds the entries whose role is that of the end the rule is about.
role(entry) if entry.role == ""

role(entry) if {
	entry.role == "server"
	v.Direction in {"Inbound", "Both"}
}

role(entry) if {
	entry.role == "client"
	v.Direction in {"Outbound", "Both"}
}

# beginning is what a mask says before its first wild card.
beginning(mask) := regex.find_n(`^[^*?\[]*`, mask, 1)[0]

named(entry) if entry.job == ""

named(entry) if startswith(beginning(entry.job), beginning(job))

named(entry) if startswith(beginning(job), beginning(entry.job))

first(range) := to_number(split(range, "-")[0])

last(range) := to_number(split(range, "-")[count(split(range, "-")) - 1])

# overlaps holds where an entry and a range of the rule have a port in common.
overlaps("All", _)

overlaps(range, entry) if {
	range != "All"
	entry.first <= last(range)
	first(range) <= entry.last
}

registered(range) if {
	some entry in input.facts.register
	role(entry)
	named(entry)
	overlaps(range, entry)
}

warn contains msg if {
	some range in lib.rule_ports(v)
	range != "All"
	not registered(range)
	msg := sprintf("no approved service of job %s has port %s", [job, range])
}

warn contains msg if {
	some range in lib.rule_ports(v)
	range == "All"
	not registered(range)
	msg := sprintf("the rule takes every port, and no approved service has job %s", [job])
}
