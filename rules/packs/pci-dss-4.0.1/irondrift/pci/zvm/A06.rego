# METADATA
# title: Userids reach minidisks of others only as approved
# custom:
#   id: A06
#   severity: high
#   basis: hardening
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["7.2.1", "7.2.5"]
#   entity: zvm/user/<id>
#   keys:
#     required: ["password_class", "reach"]
#   only:
#     reach: ["overlap", "read", "unknown", "write"]
#   facts:
#     optional: ["approved_reach/<id>", "esm"]
#   remediation: "Take the LINK or the full-pack MDISK out of the entry, move minidisks that overlap, or state what is needed as fact approved_reach of the userid"
#   limits: "The source directory takes effect when DIRECTXA has compiled it; what the running system uses can differ. Passwords of minidisks are judged by H03. A security manager can refuse links, but not an overlap."
package irondrift.pci.A06

approved contains r if some r in input.facts.approved_reach

# OPTION LNKNOPAS and DEVMAINT, which open every disk, are judged by A02.
reach := {r | some r in input.entity.values.reach; r != "write any"} - approved

usable if input.entity.values.password_class != "nolog"

guarded if lower(input.facts.esm) != "none"

volumes := {r | some r in reach; startswith(r, "write volume ")}

deny contains msg if {
	usable
	not guarded
	count(volumes) > 0
	msg := sprintf("it can change every minidisk of a volume (%s), and nothing shows a security manager that would refuse it", [concat(", ", sort(volumes))])
}

warn contains msg if {
	usable
	guarded
	count(volumes) > 0
	msg := sprintf("the directory lets it change every minidisk of a volume (%s): show that the security manager refuses it", [concat(", ", sort(volumes))])
}

warn contains msg if {
	usable
	rest := reach - volumes
	count(rest) > 0
	msg := sprintf("the directory lets it reach minidisks of others: %s", [concat(", ", sort(rest))])
}

not_applicable contains "NOLOG: nobody uses the reach of this userid" if not usable
