# METADATA
# title: Only administrators manage the TLS server
# custom:
#   id: A03S
#   severity: medium
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.2"]
#   entity: zvm/tls
#   keys:
#     required: ["admin_id_list"]
#   facts:
#     optional: ["approved_ssl_admins"]
#   parameters:
#     administrators:
#       meaning: userids whose purpose it is
#       default: ["GSKADMIN", "TCPMAINT"]
#   remediation: "Take the userid off the administrators of the SSL server in DTCPARMS, or state it as fact approved_ssl_admins"
#   limits: "Other files can take the place of the one that was read, and OBEYFILE changes the running stack. Who may read the key database is not visible."
package irondrift.pci.A03S

known contains u if some u in input.parameters.administrators

known contains u if some u in input.facts.approved_ssl_admins

others := {u | some u in input.entity.values.admin_id_list} - known

deny contains msg if {
	input.facts.approved_ssl_admins
	count(others) > 0
	msg := sprintf("%s may administer the SSL server without approval", [concat(", ", sort(others))])
}

warn contains msg if {
	not input.facts.approved_ssl_admins
	count(others) > 0
	msg := sprintf("%s may administer the SSL server, and the site states no approved list", [concat(", ", sort(others))])
}
