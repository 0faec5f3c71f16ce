# METADATA
# title: Passwords have the length and content the standard asks for
# custom:
#   id: U12
#   severity: high
#   basis: requirement
#   cover: partial
#   requirements:
#     pci-dss-4.0.1: ["8.3.6"]
#   entity: racf/setropts
#   keys:
#     required: ["RULES", "RULE1", "RULE2", "RULE3", "RULE4", "RULE5", "RULE6", "RULE7", "RULE8"]
#   facts:
#     optional: ["phrase_policy"]
#   remediation: "SETROPTS PASSWORD(RULE1(LENGTH(8) MIXEDALL(1:8))) and password phrases of 12 characters or more (exit ICHPWX11)"
#   limits: "Password exits and the policy for phrases are not in SETROPTS LIST; state the latter as fact phrase_policy once it is shown."
package irondrift.pci.U12

rules contains r if {
	some name in ["RULE1", "RULE2", "RULE3", "RULE4", "RULE5", "RULE6", "RULE7", "RULE8"]
	r := input.entity.values[name]
	r != "none"
}

low(rule) := to_number(split(split(rule, " ")[0], ":")[0])

content(rule) := split(rule, " ")[1]

# x asks for characters of all kinds. Otherwise one position must ask for a
# letter (alphabetic, consonant or vowel) and one for a digit; the other content
# characters allow both and so are left to a person.
forces(rule) if contains(content(rule), "x")

forces(rule) if {
	regex.match(`[ACVcv]`, content(rule))
	regex.match(`N`, content(rule))
}

deny contains "there is no password syntax rule" if input.entity.values.RULES == false

deny contains msg if {
	some r in rules
	low(r) < 8
	msg := sprintf("syntax rule %q allows passwords shorter than 8", [r])
}

warn contains msg if {
	some r in rules
	low(r) >= 8
	not forces(r)
	msg := sprintf("syntax rule %q does not show that letters and digits are both forced", [r])
}

warn contains "syntax rules are in effect but the extract does not show them" if {
	input.entity.values.RULES == true
	count(rules) == 0
}

warn contains "RACF passwords end at 8 characters; the standard asks for 12 where the system can: show the policy for password phrases" if {
	input.entity.values.RULES == true
	not input.facts.phrase_policy == true
}
