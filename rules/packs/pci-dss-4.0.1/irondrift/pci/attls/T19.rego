# METADATA
# title: AT-TLS rules offer current groups and signature algorithms
# custom:
#   id: T19
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1", "12.3.3"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled"]
#     optional: ["ClientECurves", "ServerKexECurves", "SignaturePairs", "HandshakeRole", "defaulted"]
#   remediation: "State ClientECurves, ServerKexECurves (0023 0024 0025 0029) and SignaturePairs (0601 0603 0501 0503 0401 0403, with TLS 1.3 0804 0805 0806) in the TTLSSignatureParms of the rule; up to z/OS 3.1 the defaults hold SHA-1, SHA-224, DSA and curves of 192 and 224 bits"
#   limits: "What is offered is not what is used. Whether a connection action with signature parameters of its own brings back the defaults is not documented. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T19

v := input.entity.values

small := {"secp160k1", "secp160r1", "secp160r2", "secp192k1", "secp192r1", "secp224k1", "secp224r1"}

# curves are those that the role makes use of.
curves["ClientECurves"] := v.ClientECurves if v.HandshakeRole == "Client"

curves["ServerKexECurves"] := v.ServerKexECurves if v.HandshakeRole != "Client"

curves["ClientECurves"] := v.ClientECurves if not v.HandshakeRole

how(name) := " by default" if name in v.defaulted

how(name) := "" if not name in v.defaulted

warn contains msg if {
	some name, list in curves
	offered := [c | some c in list; c in small]
	count(offered) > 0
	msg := sprintf("%s offers %s%s: below 256 bits", [name, concat(", ", offered), how(name)])
}

outdated(pair) if regex.match(`(md5|sha1|sha224)$`, pair)

outdated(pair) if startswith(pair, "dsa_")

warn contains msg if {
	offered := [p | some p in v.SignaturePairs; outdated(p)]
	count(offered) > 0
	msg := sprintf("SignaturePairs offers %s%s", [concat(", ", offered), how("SignaturePairs")])
}

no_data contains "which signature algorithms are offered is not known" if {
	v.TTLSEnabled == true
	not v.SignaturePairs
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
