package irondrift.pci.G05_test

import data.irondrift.pci.G05

whole := {"class": "secure", "status": "seen", "without_purpose": [], "without_owner": [], "action": "none"}

said(change) := {"entity": {"values": object.union(whole, change)}}

test_pass if {
	count(G05.deny) == 0 with input as said({})
	count(G05.warn) == 0 with input as said({})
	count(G05.no_data) == 0 with input as said({})
	count(G05.not_applicable) == 0 with input as said({})
}

test_fail_without_purpose if {
	count(G05.deny) == 1 with input as said({"without_purpose": ["zert/A/B/server/C/10.1.1.1:1"]})
}

test_names_a_few_services if {
	some msg in G05.deny with input as said({"without_purpose": ["a", "b", "c", "d", "e"]})
	endswith(msg, "a, b, c and 2 more services")
}

test_review_without_owner if {
	count(G05.warn) == 1 with input as said({"without_owner": ["a"]})
	count(G05.deny) == 0 with input as said({"without_owner": ["a"]})
}

test_review_insecure_without_plan if {
	count(G05.warn) == 1 with input as said({"class": "insecure"})
	count(G05.warn) == 1 with input as said({"class": "unlisted"})
}

test_pass_insecure_with_plan if {
	count(G05.warn) == 0 with input as said({"class": "insecure", "action": "switch off", "due_days": 0})
	count(G05.deny) == 0 with input as said({"class": "insecure", "action": "switch off", "due_days": 0})
}

test_fail_plan_overdue if {
	count(G05.deny) == 1 with input as said({"class": "insecure", "action": "switch off", "due_days": -1})
}

test_unknown_use if {
	count(G05.no_data) == 1 with input as said({"status": "declared, use not known"})
	count(G05.deny) == 0 with input as said({"status": "declared, use not known", "without_purpose": ["a"]})
}

test_not_applicable_declared_only if {
	count(G05.not_applicable) == 1 with input as said({"status": "declared, not seen"})
}

# Without these keys the engine gives NO_DATA before the rule is asked; the rule
# by itself finds nothing.
test_absent if {
	count(G05.deny) == 0 with input as {"entity": {"values": {}}}
	count(G05.warn) == 0 with input as {"entity": {"values": {}}}
}
