# METADATA
# title: The AT-TLS policy in force is the one in the file
# custom:
#   id: N07
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["1.2.8"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     optional: ["TTLSEnabled", "tls/versions", "tls/suites", "HandshakeRole", "ClientAuthType", "Keyring", "Direction", "LocalPortRange", "RemotePortRange"]
#   facts:
#     required: ["in_force"]
#   remediation: "MODIFY PAGENT,UPDATE and look for EZZ8771I and EZZ8438I; when an error in the file keeps it from being installed the old policy stays. When the active policy is the one that is meant, mend the file"
#   limits: "Compares the policy file with a pasearch listing of the same night. That both are as approved is for the baseline (V03). Connections that are open when a policy changes keep the old one until they end: NETSTAT TTLS shows them as stale."
package irondrift.pci.N07

deny contains msg if some msg in input.facts.in_force.differences

no_data contains msg if {
	count(input.facts.in_force.differences) == 0
	some msg in input.facts.in_force.unsure
}
