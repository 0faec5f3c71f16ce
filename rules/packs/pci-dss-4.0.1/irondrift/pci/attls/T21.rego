# METADATA
# title: A release upgrade does not change what AT-TLS rules allow
# custom:
#   id: T21
#   severity: info
#   basis: advice
#   cover: support
#   requirements:
#     pci-dss-4.0.1: ["12.3.3"]
#   entity: attls/<stack>/rule/<rule>
#   keys:
#     required: ["TTLSEnabled"]
#     optional: ["upgrade/2.5", "upgrade/3.1", "upgrade/3.2"]
#   remediation: "State the parameters that the message names, so that the policy does not depend on the release; irondrift explain attls/STACK/rule/RULE/upgrade SYSTEM@latest shows the whole preview"
#   limits: "Previews the defaults of the Policy Agent and System SSL as far as they are documented; a default that is not is shown as not known. A listing of pasearch does not tell what was left to defaults, so it gives no preview. A policy says what is intended: only zERT shows what is used. Connections that are open when a policy changes keep the old one until they end. Whether the peers of a rule are in an open network is not in the policy."
package irondrift.pci.T21

v := input.entity.values

previews := {release: v[key] |
	some release in ["2.5", "3.1", "3.2"]
	key := sprintf("upgrade/%s", [release])
	v[key]
}

# changes are told for the first release that brings them.
warn contains msg if {
	some release, changes in previews
	some change in changes
	earlier := [r | some r, list in previews; r < release; change in list]
	count(earlier) == 0
	msg := sprintf("z/OS %s would change %s", [release, change])
}

no_data contains "the extract gives no preview: it is a listing, or the release of z/OS is not known (release: in irondrift.yaml)" if {
	v.TTLSEnabled == true
	count(previews) == 0
}

not_applicable contains "TTLSEnabled is Off, so AT-TLS protects nothing here; T06 says so" if v.TTLSEnabled == false
