# METADATA
# title: Every certificate that was seen is in the register of certificates
# custom:
#   id: T13
#   severity: medium
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["4.2.1.1"]
#   entity: zert/<system>/<stack>/<role>/<job>/<endpoint>
#   keys:
#     required: ["protection", "peer_networks"]
#     optional: ["tls/cert_subjects", "tls/cert_issuers"]
#   facts:
#     required: ["zones"]
#   parameters:
#     certificates:
#       meaning: subject names of the certificates in the register of keys and certificates, as the records write them; * stands for any text
#       default: []
#     issuers:
#       meaning: names of the authorities whose certificates the register holds as a whole, as the records write them; * stands for any text
#       default: []
#   remediation: "Enter the certificate with its owner and end of validity in the register of keys and certificates, and its subject in the parameter certificates of this check"
#   limits: "zERT sees TCP and Enterprise Extender traffic that ends at this stack, from the moment it was enabled; relayed traffic and connections begun earlier are not seen. That a service was not seen does not show that it is closed. Subjects and issuers are in the records when the protocol provider reports them; TLS 1.3 hides them from observation. The register itself, with owners and uses, is a document of the site."
package irondrift.pci.T13

import data.irondrift.pci.lib

v := input.entity.values

reached if lib.open_zone(input.facts.zones)

reached if "unknown" in input.facts.zones

spoken if {
	"tls" in v.protection
	reached
}

stated if count(array.concat(input.parameters.certificates, input.parameters.issuers)) > 0

# like compares a name with a pattern in which * is any text.
like(pattern, name) if glob.match(pattern, [], name)

registered(subject) if {
	some pattern in input.parameters.certificates
	like(pattern, subject)
}

# An issuer stands for all subjects only when it is the only one of the service.
registered(_) if {
	count(v["tls/cert_issuers"]) > 0
	every issuer in v["tls/cert_issuers"] {
		some pattern in input.parameters.issuers
		like(pattern, issuer)
	}
}

deny contains msg if {
	spoken
	stated
	some subject in v["tls/cert_subjects"]
	subject != "unknown"
	not registered(subject)
	msg := sprintf("the certificate of %s is not in the register", [subject])
}

no_data contains "the site states no register of certificates (parameters certificates and issuers)" if {
	spoken
	not stated
}

no_data contains "no record tells whose certificate was used" if {
	spoken
	stated
	count([s | some s in object.get(v, "tls/cert_subjects", []); s != "unknown"]) == 0
}

no_data contains "of some sessions no record tells whose certificate was used" if {
	spoken
	stated
	"unknown" in v["tls/cert_subjects"]
	count(v["tls/cert_subjects"]) > 1
}

not_applicable contains "no TLS session was seen" if not "tls" in v.protection

not_applicable contains "no peer is in an open network" if not reached
