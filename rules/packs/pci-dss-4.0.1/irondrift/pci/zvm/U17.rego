# METADATA
# title: Multi-factor authentication is on, and nobody falls back to a password
# custom:
#   id: U17
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.4.1", "8.4.2", "8.5.1"]
#   entity: zvm/racf/mfa
#   keys:
#     required: ["active", "pwfallback/users"]
#   facts:
#     optional: ["approved_pwfallback"]
#   remediation: "RAC ALTUSER user MFA(NOPWFALLBACK); state userids sealed for emergencies as fact approved_pwfallback"
#   limits: "SETROPTS LIST holds no users. Both values are known only where COMPEXTR gives them and the site maps its keys (column_aliases). Which users have a factor is not in them; U16 judges whether the class MFADEF is active."
package irondrift.pci.U17

values := input.entity.values

approved contains u if some u in input.facts.approved_pwfallback

others := {u | some u in values["pwfallback/users"]} - approved

deny contains "multi-factor authentication is off" if values.active == "no"

deny contains msg if {
	count(others) > 0
	msg := sprintf("%s may log on with a password alone when multi-factor authentication fails", [concat(", ", sort(others))])
}
