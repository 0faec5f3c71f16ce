# METADATA
# title: The AT-TLS policy text of a stack is sound
# custom:
#   id: T16S
#   severity: high
#   basis: hardening
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["4.2.1"]
#   entity: attls/<stack>
#   keys:
#     required: ["lint"]
#     optional: ["rules/count"]
#   remediation: "Mend the text where the message points, and have the Policy Agent read it again; EZZ8771I says that it was installed"
#   limits: "When a text holds an error the Policy Agent keeps the old policy, which only a listing of pasearch shows. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T16S

v := input.entity.values

warn contains msg if some msg in v.lint

warn contains "the stack has no AT-TLS rule: nothing is protected by AT-TLS there" if v["rules/count"] == 0
