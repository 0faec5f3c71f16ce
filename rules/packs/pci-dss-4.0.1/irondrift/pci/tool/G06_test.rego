package irondrift.pci.G06_test

import data.irondrift.pci.G06

source(unapproved, age) := {"entity": {"values": {"drift/unapproved": unapproved, "baseline/age_days": age}}, "parameters": {"max_days": 365}}

test_pass if count(G06.warn) == 0 with input as source(0, 30)

test_review_changes if G06.warn == {"3 changes of services or peers since the baseline were approved by nobody"} with input as source(3, 30)

test_review_age if count(G06.warn) == 1 with input as source(0, 400)

# Without a comparison or a baseline the keys are missing, and the engine gives
# NO_DATA before the rule is asked.
test_absent if count(G06.warn) == 0 with input as {"entity": {"values": {}}, "parameters": {"max_days": 365}}

test_unknown_age if count(G06.warn) == 1 with input as {"entity": {"values": {"drift/unapproved": 1}}, "parameters": {"max_days": 365}}
