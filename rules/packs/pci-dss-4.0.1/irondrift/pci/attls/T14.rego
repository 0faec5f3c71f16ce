# METADATA
# title: Key rings of AT-TLS are in the register of keys and certificates
# custom:
#   id: T14
#   severity: low
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1.1"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled"]
#     optional: ["Keyring", "KeyringPw"]
#   parameters:
#     rings:
#       meaning: key rings, tokens and key databases that are in the register of keys and certificates, as the policy names them
#       default: []
#   remediation: "Enter the ring with its owner in the register of certificates and in this parameter; replace a virtual ring by one with the authorities that are needed; keep the password of a key database in a stash file"
#   limits: "What a ring holds is not in the policy; RACDCERT LISTRING shows it. A ring without an owner is that of whoever runs the application. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T14

v := input.entity.values

virtual(ring) if ring in {"*AUTH*/*", "*SITE*/*"}

deny contains "the password of the key database stands in the policy text" if v.KeyringPw == true

deny contains msg if {
	count(input.parameters.rings) > 0
	not v.Keyring in input.parameters.rings
	msg := sprintf("key ring %s is not in the register", [v.Keyring])
}

warn contains msg if {
	virtual(v.Keyring)
	msg := sprintf("%s trusts every certificate authority of the security database", [v.Keyring])
}

no_data contains "the site lists no key rings (parameter rings), so the rings in use cannot be compared with a register" if {
	v.TTLSEnabled == true
	count(input.parameters.rings) == 0
}

no_data contains "the key ring is not known" if {
	v.TTLSEnabled == true
	not v.Keyring
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
