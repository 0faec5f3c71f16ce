# METADATA
# title: Sessions are protected as the AT-TLS rule for them says
# custom:
#   id: T17
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1", "12.3.3"]
#   entity: zert/<system>/<stack>/<role=server|client|unknown>/<job>/<endpoint>
#   keys:
#     required: ["protection", "tls/versions", "tls/suites"]
#   facts:
#     required: ["declared"]
#   remediation: "Find out why the stack did not apply the rule: NETSTAT TTLS CONN shows the rule of a connection, pasearch the policy in force; restart what still runs under an old policy"
#   limits: "Connections that were open when the policy changed keep the old one; before z/OS 3.2 failed handshakes leave sessions without protection, too. zERT does not tell the ports of clients and the own addresses of outbound connections, so a service can belong to several rules; what any of them allows is not held against it. An application may do TLS by itself, which AT-TLS does not govern."
package irondrift.pci.T17

v := input.entity.values

declared := input.facts.declared

rules := concat(", ", declared.rules)

# protected holds where every rule that can take a connection demands TLS.
protected if {
	declared.covered == "all"
	declared.off == 0
	declared.on == count(declared.rules)
}

judged if {
	protected
	declared.known
}

deny contains msg if {
	judged
	some version in v["tls/versions"]
	version != "unknown"
	not version in declared.versions
	msg := sprintf("%s was used, and AT-TLS rule %s allows %s only", [version, rules, concat(", ", declared.versions)])
}

deny contains msg if {
	protected
	not declared.application_controlled
	not "tls" in v.protection
	"none" in v.protection
	msg := sprintf("no session was protected, while AT-TLS rule %s demands TLS", [rules])
}

warn contains msg if {
	protected
	not declared.application_controlled
	"tls" in v.protection
	"none" in v.protection
	msg := sprintf("some sessions had no protection, while AT-TLS rule %s demands TLS: failed handshakes, or connections that are older than the rule", [rules])
}

warn contains msg if {
	protected
	declared.application_controlled
	"none" in v.protection
	msg := sprintf("some sessions had no protection: AT-TLS rule %s leaves it to the application when TLS begins", [rules])
}

warn contains msg if {
	judged
	undeclared := [s | some s in v["tls/suites"]; s != "unknown"; not s in declared.suites]
	count(undeclared) > 0
	msg := sprintf("%s was used, which AT-TLS rule %s does not list", [concat(", ", undeclared), rules])
}

no_data contains msg if {
	protected
	not declared.known
	msg := sprintf("what AT-TLS rule %s allows is not known in full", [rules])
}

no_data contains msg if {
	declared.covered != "none"
	declared.on + declared.off < count(declared.rules)
	msg := sprintf("whether AT-TLS rule %s demands TLS is not known", [rules])
}

not_applicable contains "no AT-TLS rule takes the connections; T18 says what follows" if declared.covered == "none"

not_applicable contains msg if {
	declared.covered != "none"
	declared.on + declared.off == count(declared.rules)
	not protected
	msg := sprintf("AT-TLS rule %s does not demand TLS for every connection", [rules])
}
