package irondrift.pci.G04_test

import data.irondrift.pci.G04

limit := {"max_days": 365}

stated := {"age_days": 365, "strategy": "SEC-STD-12", "trends": "crypto board"}

test_pass if {
	given := {"entity": {"values": stated}, "parameters": limit}
	count(G04.deny) == 0 with input as given
	count(G04.warn) == 0 with input as given
}

test_fail if {
	given := {"entity": {"values": object.union(stated, {"age_days": 366})}, "parameters": limit}
	count(G04.deny) > 0 with input as given
}

test_review_strategy_unknown if {
	given := {"entity": {"values": object.remove(stated, ["strategy"])}, "parameters": limit}
	count(G04.deny) == 0 with input as given
	count(G04.warn) == 1 with input as given
}

test_review_trends_absent if {
	given := {"entity": {"values": {"age_days": 1}}, "parameters": limit}
	count(G04.warn) == 2 with input as given
}
