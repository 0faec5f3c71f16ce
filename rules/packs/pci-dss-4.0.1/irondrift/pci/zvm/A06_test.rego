package irondrift.pci.A06_test

import data.irondrift.pci.A06

test_pass if {
	given := {"entity": {"values": {"reach": [], "password_class": "lbyonly"}}, "facts": {}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) == 0 with input as given
	count(A06.not_applicable) == 0 with input as given
}

test_pass_any if {
	given := {"entity": {"values": {"reach": ["write any"], "password_class": "lbyonly"}}, "facts": {}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) == 0 with input as given
	count(A06.not_applicable) == 0 with input as given
}

test_pass_approved if {
	given := {"entity": {"values": {"reach": ["write BANK.0201"], "password_class": "lbyonly"}}, "facts": {"approved_reach": ["write BANK.0201"]}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) == 0 with input as given
	count(A06.not_applicable) == 0 with input as given
}

test_fail_volume if {
	given := {"entity": {"values": {"reach": ["write volume CARD01"], "password_class": "lbyonly"}}, "facts": {}}
	count(A06.deny) > 0 with input as given
}

test_review_guarded if {
	given := {"entity": {"values": {"reach": ["write volume CARD01"], "password_class": "lbyonly"}}, "facts": {"esm": "vmsecure"}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) > 0 with input as given
}

test_review_link if {
	given := {"entity": {"values": {"reach": ["write BANK.0201"], "password_class": "other"}}, "facts": {}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) > 0 with input as given
}

test_review_overlap if {
	given := {"entity": {"values": {"reach": ["overlap CARD01"], "password_class": "autoonly"}}, "facts": {"esm": "racf"}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) > 0 with input as given
}

test_not_applicable if {
	given := {"entity": {"values": {"reach": ["write volume CARD01"], "password_class": "nolog"}}, "facts": {}}
	count(A06.deny) == 0 with input as given
	count(A06.warn) == 0 with input as given
	count(A06.not_applicable) > 0 with input as given
}
